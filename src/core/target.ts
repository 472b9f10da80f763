import type { JsonObject } from './json.ts'

/** The chosen output of a profile. `raw` holds every key as written, secrets included: never log it. */
export interface Target {
  readonly profileName: string
  readonly name: string
  readonly type: string
  readonly database: string | null
  readonly schema: string
  readonly threads: number
  readonly raw: JsonObject
}
