import { join } from 'node:path'
import { type ArtifactPiece, writeArtifact } from '../../artifacts/write.ts'
import { NavoError } from '../../core/errors.ts'
import { builtinMacroFiles } from '../../macros/read.ts'
import { fingerprint } from '../../parse/cache/fingerprint.ts'
import { program } from '../../parse/cache/program.ts'
import {
  decodeParse,
  encodeParse,
  type ParseFacts,
  type StoredParse,
} from '../../parse/cache/stored-parse.ts'
import type { EngineOptions } from './engine-options.ts'
import type { ParseRequest } from './parse-request.ts'

/** Where parses of a project are kept from one command to the next. */
export interface ParseStore {
  readonly key: string
  /** What was kept under this key; undefined when that is nothing, or something else. */
  readonly read: () => StoredParse | undefined
  /** Keeps a parse; false when its folder cannot be written to. */
  readonly write: (facts: ParseFacts, body: Iterable<ArtifactPiece>) => boolean
}

/** target/partial_parse.navo.json; undefined when this parse shall neither read nor write it. */
export const parseStore = (
  options: EngineOptions,
  request: ParseRequest,
): ParseStore | undefined => {
  // An inline query is a node like any other, but of one invocation only.
  if (!options.flags.partial_parse || request.inline !== null) return undefined
  const key = keyOf(options, request)
  const path = join(request.targetPath, 'partial_parse.navo.json')
  return {
    key,
    read: () => {
      const bytes = options.files.readBytes(path)
      const stored = bytes && decodeParse(bytes)
      return stored?.facts.key === key ? stored : undefined
    },
    write: (facts, body) => {
      try {
        writeArtifact(path, encodeParse(facts, body))
        return true
      } catch (error) {
        // Whoever writes manifest.json there tells of it.
        if (error instanceof NavoError) return false
        throw error
      }
    },
  }
}

/** All that a parse depends on besides the files and what is noted while they are read. */
const keyOf = (options: EngineOptions, request: ParseRequest): string => {
  const { facts, packages, adapterType, selectors } = request
  const { target } = facts
  return fingerprint({
    navo: [program, options.invocation.version, builtinMacroFiles()],
    timeZone: [options.invocation.env.TZ, ...localOffsets()],
    projects: packages.map(({ config }) => config),
    vars: options.flags.vars,
    target: [target.profileName, target.name, target.type, target.database, target.schema],
    shown: facts.targetShown,
    quoting: facts.quoting,
    adapterType,
    selectors,
  })
}

/** What the machine's time zone does to dates, in winter and in summer. */
const localOffsets = (): readonly number[] =>
  [0, 6].map(month => new Date(2025, month, 1).getTimezoneOffset())
