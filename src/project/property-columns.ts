import type { z } from 'zod'
import type { Constraint } from '../core/manifest.ts'
import { parseDataTest } from './data-test.ts'
import type { ColumnProperties, DataTestProperties } from './properties.ts'
import type { EntryIssues } from './property-issues.ts'
import { columnSchema, type nodeSchema } from './property-schema.ts'
import { pythonRepr } from './python-repr.ts'
import { isYamlMap, type YamlMap, type YamlPath, type YamlValue } from './yaml-value.ts'

export type WrittenColumn = z.infer<typeof columnSchema>
export type WrittenNode = z.infer<typeof nodeSchema>

/** The columns of an entry; `at` is the path of the list. */
export const readColumns = (
  columns: readonly WrittenColumn[] | undefined,
  at: YamlPath,
  issues: EntryIssues,
): readonly ColumnProperties[] =>
  (columns ?? []).map((column, index) => readColumn(column, [...at, index], issues))

export const readColumn = (
  column: WrittenColumn,
  at: YamlPath,
  issues: EntryIssues,
): ColumnProperties => {
  issues.warnUnknown(column, columnSchema.shape, at, `column '${column.name}'`)
  const config = column.config ?? {}
  return {
    name: column.name,
    description: column.description ?? '',
    data_type: column.data_type ?? null,
    meta: { ...column.meta, ...(isYamlMap(config.meta) ? config.meta : {}) },
    tags: [...new Set([...(column.tags ?? []), ...tagsOf(config.tags)])],
    quote: column.quote ?? null,
    constraints: readConstraints(
      column.constraints,
      [...at, 'constraints'],
      `Invalid constraint type on column ${column.name}`,
      issues,
    ),
    data_tests: readDataTests(column, at, issues),
    granularity: column.granularity ?? null,
    at,
  }
}

const tagsOf = (tags: YamlValue | undefined): readonly string[] => {
  if (typeof tags === 'string') return [tags]
  return Array.isArray(tags) ? tags.filter(tag => typeof tag === 'string') : []
}

/** `data_tests:`, or `tests:` as it was called before; not both. */
export const readDataTests = (
  owner: {
    readonly tests?: readonly (string | YamlMap)[] | null
    readonly data_tests?: readonly (string | YamlMap)[] | null
  },
  at: YamlPath,
  issues: EntryIssues,
): readonly DataTestProperties[] => {
  const { tests, data_tests } = owner
  if (tests && tests.length > 0 && data_tests !== undefined) {
    issues.invalid("Invalid test config: cannot have both 'tests' and 'data_tests' defined", at)
    return []
  }
  const key = data_tests === undefined || data_tests === null ? 'tests' : 'data_tests'
  const found: DataTestProperties[] = []
  ;(owner[key] ?? []).forEach((written, index) => {
    const parsed = parseDataTest(written, [...at, key, index])
    if (parsed.ok) found.push(parsed.test)
    else issues.badTest(parsed.message, parsed.kind, [...at, key, index])
  })
  return found
}

const constraintTypes = ['check', 'not_null', 'unique', 'primary_key', 'foreign_key', 'custom']

/** Constraints with all their keys; those of an unknown type are complained of and left out. */
export const readConstraints = (
  written: readonly YamlMap[] | undefined,
  at: YamlPath,
  complaint: string,
  issues: EntryIssues,
): readonly Constraint[] => {
  const found: Constraint[] = []
  ;(written ?? []).forEach((constraint, index) => {
    if (!constraintTypes.includes(String(constraint.type))) {
      issues.fail(
        complaint,
        [...at, index],
        `a constraint's type is one of ${constraintTypes.join(', ')}`,
      )
      return
    }
    found.push({
      type: constraint.type as Constraint['type'],
      name: textOrNull(constraint.name),
      expression: textOrNull(constraint.expression),
      warn_unenforced: constraint.warn_unenforced !== false,
      warn_unsupported: constraint.warn_unsupported !== false,
      to: textOrNull(constraint.to),
      to_columns: listOfText(constraint.to_columns),
      ...(constraint.columns !== undefined && { columns: listOfText(constraint.columns) }),
    })
  })
  return found
}

export const modelConstraints = (
  name: string,
  written: readonly YamlMap[] | undefined,
  at: YamlPath,
  issues: EntryIssues,
): readonly Constraint[] =>
  readConstraints(
    written,
    at,
    `Invalid constraint type on model ${name}: Type must be one of ${pythonRepr(constraintTypes)}`,
    issues,
  ).map(constraint => ({ ...constraint, columns: constraint.columns ?? [] }))

const textOrNull = (value: YamlValue | undefined): string | null =>
  value === undefined || value === null ? null : String(value)

const listOfText = (value: YamlValue | undefined): readonly string[] =>
  Array.isArray(value) ? value.map(String) : []
