import type { Level } from '../../core/events.ts'
import type { JsonObject } from '../../core/json.ts'

/** One log event under dbt's name and code: what both the text and the JSON output are made of. */
export interface LogRecord {
  readonly name: string
  readonly code: string
  readonly level: Level
  /** Text of the line, painted. */
  readonly msg: string
  readonly data: JsonObject
  /** An answer: printed without a time stamp, and under --quiet too. */
  readonly answer?: boolean
  readonly thread?: string
  /** In JSON only: callers read it there, people have seen it already. */
  readonly jsonOnly?: boolean
  /** In text only: what dbt's users do not expect in their logs. */
  readonly textOnly?: boolean
}
