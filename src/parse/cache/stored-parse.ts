import { once } from '../../core/once.ts'
import type { PackageStates } from './file-states.ts'
import type { Reads } from './reads.ts'
import type { StoredWarning } from './stored-warnings.ts'

/** What a manifest was made from, and what was said on the way. */
export interface ParseFacts {
  /** Of navo itself and of all that is read anew by each command: project files, target, variables. */
  readonly key: string
  readonly packages: readonly PackageStates[]
  readonly reads: Reads
  /** Absolute paths of the files that must be read anew, whatever they hold. */
  readonly passing: readonly string[]
  /** Nodes of the files that hold others than their names say. */
  readonly ids: Readonly<Record<string, readonly string[]>>
  readonly warnings: readonly StoredWarning[]
}

/** A parse as target/partial_parse.navo.json keeps it. */
export interface StoredParse {
  readonly facts: ParseFacts
  /** manifest.json behind its metadata. */
  readonly body: () => string
  readonly bytes: Uint8Array
}

const opening = '{"navo_parse":'

/** The file's text in pieces: one line of facts, then the manifest, in all one JSON object. */
export function* encodeParse<P>(facts: ParseFacts, body: Iterable<P>): Generator<string | P> {
  yield `${opening}${JSON.stringify(facts)}\n`
  yield* body
}

/** Undefined for a file that no navo wrote to its end. */
export const decodeParse = (file: Uint8Array): StoredParse | undefined => {
  const buffer = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  const lineEnd = buffer.indexOf('\n')
  if (lineEnd < 0 || buffer.subarray(-2).toString() !== '}\n') return undefined
  const line = buffer.toString('utf8', 0, lineEnd)
  const facts = line.startsWith(opening) ? parsed(line.slice(opening.length)) : undefined
  const bytes = buffer.subarray(lineEnd + 1)
  return facts && { facts, bytes, body: once(() => bytes.toString('utf8')) }
}

const parsed = (json: string): ParseFacts | undefined => {
  try {
    return JSON.parse(json) as ParseFacts
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
