import type { NavoError } from '../core/errors.ts'
import type { ConfigResolver } from '../project/config-tree.ts'
import type { NameGenerator } from './relation-names.ts'
import type { ParseEnvironment } from './template-facts.ts'

/** What all parts of parsing share. Problems are collected, so that all are told at once. */
export interface ParseContext {
  readonly environment: ParseEnvironment
  readonly configs: ConfigResolver
  readonly names: NameGenerator
  /** Seconds since the epoch, the same for all nodes of one parse. */
  readonly createdAt: number
  /** Says which file (by its absolute path) is being made into nodes meanwhile. */
  readonly during: <T>(file: string, make: () => T) => T
  readonly report: (error: NavoError) => void
  readonly warn: (warning: NavoError) => void
}
