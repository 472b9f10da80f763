import { once } from '../../core/once.ts'
import { buildGraph } from '../../graph/build.ts'
import { type ChangedFile, type Comparison, compareFiles } from '../../parse/cache/file-states.ts'
import { storedManifest } from '../../parse/cache/manifest-text.ts'
import { joinReads, type Reads, recordReads, wouldReadTheSame } from '../../parse/cache/reads.ts'
import { draftedKinds, reparse } from '../../parse/cache/reparse.ts'
import type { StoredParse } from '../../parse/cache/stored-parse.ts'
import { restoreWarning } from '../../parse/cache/stored-warnings.ts'
import { readMacros } from '../../parse/parse-project.ts'
import type { EngineOptions } from './engine-options.ts'
import {
  type ParsedFiles,
  type ParseRequest,
  parseInput,
  propertyRenderer,
} from './parse-request.ts'
import type { ParseStore } from './parse-store.ts'
import { readProperties } from './read-sources.ts'

/** With more files than this read again, what is kept is brought up to date. */
const fewFiles = 20

/** The earlier parse, brought up to date; undefined when the project must be parsed anew. */
export const restoreParse = (
  options: EngineOptions,
  request: ParseRequest,
  store: ParseStore,
): ParsedFiles | undefined => {
  const stored = store.read()
  if (!stored || !wouldReadTheSame(stored.facts.reads, request.invocation, request.facts))
    return undefined
  const { facts } = stored
  const compared = compareFiles(
    options.files,
    request.packages,
    facts.packages,
    options.now().getTime(),
  )
  const now = compared && upToDate(options, request, stored, compared)
  if (!now) return undefined
  if (compared.looked > fewFiles)
    store.write({ ...facts, packages: compared.packages, reads: now.reads, passing: now.passing }, [
      now.bytes ?? now.body(),
    ])
  const manifest = storedManifest(now.body, {
    project_name: request.packages[0]?.config.name ?? '',
    adapter_type: request.adapterType,
    selectors: request.selectors,
  })
  return {
    manifest,
    body: () => now.bytes ?? now.body(),
    warnings: facts.warnings.map(restoreWarning),
    library: once(
      () => readMacros(parseInput(options, request, withoutProperties(request))).library,
    ),
    graph: once(() => buildGraph(manifest)),
  }
}

const withoutProperties = ({ packages }: ParseRequest) =>
  packages.map(found => ({ ...found, properties: [] }))

interface UpToDate {
  readonly body: () => string
  /** The same, where it is encoded already. */
  readonly bytes?: Uint8Array
  readonly reads: Reads
  readonly passing: readonly string[]
}

const upToDate = (
  options: EngineOptions,
  request: ParseRequest,
  { facts, body, bytes }: StoredParse,
  { changed }: Comparison,
): UpToDate | undefined => {
  const files = [...changed, ...passingFiles(request, facts.passing, changed)]
  const hooksOf = request.packages
    .filter(({ config }) => facts.passing.includes(`${config.root}/${config.fileName}`))
    .map(({ config }) => config.name)
  if (files.length === 0 && hooksOf.length === 0) return { ...facts, body, bytes }
  const recorder = recordReads(request.invocation, request.facts)
  const renewed = reparse({
    parse: parseInput(options, request, withoutProperties(request), recorder),
    body: body(),
    ids: facts.ids,
    files,
    hooksOf,
    readProperties: (found, file) =>
      readProperties(found, file, propertyRenderer(recorder, found.config.name)),
  })
  const passing = recorder.passing()
  if (renewed === undefined || passing === undefined) return undefined
  return {
    body: () => renewed,
    reads: joinReads(facts.reads, recorder.reads()),
    passing: [...passing],
  }
}

/** Files that did not change, but whose templates would see another moment now. */
const passingFiles = (
  { packages }: ParseRequest,
  passing: readonly string[],
  changed: readonly ChangedFile[],
): readonly ChangedFile[] => {
  if (passing.length === 0) return []
  const wanted = new Set(passing)
  for (const { file } of changed) wanted.delete(file.absolutePath)
  return packages.flatMap(({ config, files }) =>
    draftedKinds.flatMap(kind =>
      files
        .ofKind(kind)
        .filter(file => wanted.has(file.absolutePath))
        .map(file => ({ packageName: config.name, file })),
    ),
  )
}
