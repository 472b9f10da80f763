import { Document, isMap, isSeq, parseDocument, type YAMLMap } from 'yaml'
import { RuntimeError } from '../core/errors.ts'
import { pythonRepr } from '../project/python-repr.ts'

export interface NewPackage {
  /** Name on the hub, git address or path. */
  readonly name: string
  /** Version, or several with commas; revision of a git package; null for a local one. */
  readonly version: string | null
  readonly source: 'hub' | 'git' | 'local'
}

/**
 * The text of packages.yml with one more package; comments stay. An entry for the same package,
 * whatever its source, goes.
 * @param text the file as it is; undefined: there is none yet
 * @returns the new text, and the entries that went, as Python shows them
 */
export const addPackage = (
  text: string | undefined,
  added: NewPackage,
): { readonly text: string; readonly removed: readonly string[] } => {
  const document = text?.trim() ? parseDocument(text) : new Document({ packages: [] })
  if (document.errors.length > 0 || !isMap(document.contents))
    throw new RuntimeError(
      'packages.yml cannot be understood, so that nothing can be added to it',
      {
        code: 'packages-invalid',
        cause: document.errors[0],
      },
    )
  const known = document.get('packages')
  if (!isSeq<YAMLMap>(known)) document.set('packages', document.createNode([]))
  const list = document.get('packages')
  if (!isSeq<YAMLMap>(list)) throw new Error('a list of packages that was just made is none')
  list.flow = false
  const removed: string[] = []
  for (let index = list.items.length - 1; index >= 0; index--) {
    const item = list.items[index]
    const entry: unknown = item && 'toJSON' in item ? item.toJSON() : item
    if (!isSamePackage(entry, added.name)) continue
    list.delete(index)
    removed.push(shown(entry))
  }
  list.add(document.createNode(entryOf(added)))
  return { text: document.toString({ indentSeq: true, lineWidth: 0 }), removed }
}

const entryOf = ({ name, version, source }: NewPackage): Readonly<Record<string, unknown>> => {
  const key = source === 'hub' ? 'package' : source
  if (version === null) return { [key]: name }
  const versions = version.includes(',') ? version.split(',') : version
  return { [key]: name, [source === 'git' ? 'revision' : 'version']: versions }
}

const identifiers = ['package', 'git', 'local', 'tarball', 'private']

/**
 * dbt takes two entries for one package when the name stands in the other's name, address or path
 * between slashes, dots or ends; `-` and `_` are the same there.
 */
const isSamePackage = (entry: unknown, name: string): boolean => {
  if (typeof entry !== 'object' || entry === null) return false
  const fields = entry as Readonly<Record<string, unknown>>
  const identifier = identifiers.map(key => fields[key]).find(value => typeof value === 'string')
  if (typeof identifier !== 'string') return false
  const plain = identifier.replaceAll('_', '-')
  const short = name.slice(name.lastIndexOf('/') + 1)
  return [name, short].some(wanted => standsAlone(plain, wanted.replaceAll('_', '-')))
}

const standsAlone = (text: string, part: string): boolean => {
  const start = text.indexOf(part)
  if (part === '' || start === -1) return false
  const before = text[start - 1] ?? '/'
  const after = text[start + part.length] ?? '/'
  return '/.'.includes(before) && '/.'.includes(after)
}

const shown = (entry: unknown): string =>
  pythonRepr(
    Object.fromEntries(
      Object.entries(entry as object).filter(
        ([, value]) => typeof value === 'string' || typeof value === 'number',
      ),
    ),
  )
