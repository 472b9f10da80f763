import type { EntryIssues } from './property-issues.ts'
import { plainScalar } from './yaml-scalar.ts'
import { YamlDate, type YamlPath, type YamlValue } from './yaml-value.ts'

/** A deprecation date as the manifest has it: ISO 8601; without a zone it is local time. */
export const deprecationDate = (
  written: YamlValue | undefined,
  at: YamlPath,
  issues: EntryIssues,
): string | null => {
  if (written === undefined || written === null) return null
  const date = typeof written === 'string' ? dateOrUndefined(written) : written
  if (!(date instanceof YamlDate)) {
    issues.fail(
      `Field "deprecation_date" of type Optional[datetime] in UnparsedModelUpdate has invalid value '${String(written)}'`,
      at,
      'write a date: 2025-01-31',
    )
    return null
  }
  const iso = date.kind === 'date' ? `${date.iso}T00:00:00` : date.iso
  return /[+-]\d\d:\d\d$/.test(iso) ? iso : iso + localOffset(iso)
}

const dateOrUndefined = (text: string): YamlValue | undefined => {
  try {
    return plainScalar(text)
  } catch {
    return undefined
  }
}

const localOffset = (iso: string): string => {
  const minutes = -new Date(iso).getTimezoneOffset()
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  const size = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${two(size / 60)}:${two(size % 60)}`
}
