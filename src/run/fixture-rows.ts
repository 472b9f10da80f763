import { parse as parseCsv } from 'csv-parse/sync'
import { ParsingError } from '../core/errors.ts'
import type { Json, JsonObject } from '../core/json.ts'
import type { UnitTestInput, UnitTestNode } from '../core/manifest.ts'
import type { RunEnvironment } from './run-environment.ts'

export type FixtureContent = { readonly rows: readonly JsonObject[] } | { readonly sql: string }

type Fixture = Omit<UnitTestInput, 'input'>

const invalid = (test: UnitTestNode, problem: string, hint?: string): ParsingError =>
  new ParsingError(`Unit test '${test.name}' (${test.original_file_path}): ${problem}`, {
    code: 'unit-test-fixture',
    hint,
  })

/** Cells of a CSV fixture: empty ones are null, all else is text that the column's type decides. */
const csvRows = (test: UnitTestNode, text: string): readonly JsonObject[] => {
  try {
    const rows: Record<string, string>[] = parseCsv(text, {
      columns: true,
      bom: true,
      skip_empty_lines: true,
      trim: true,
      relax_column_count: false,
    })
    return rows.map(row =>
      Object.fromEntries(
        Object.entries(row).map(([name, cell]) => [name, cell === '' ? null : cell]),
      ),
    )
  } catch (error) {
    throw invalid(test, `its CSV cannot be read: ${error instanceof Error ? error.message : ''}`)
  }
}

const fixturePath = (
  environment: RunEnvironment,
  test: UnitTestNode,
  fixture: Fixture,
): string | undefined => {
  const root = environment.packageRoots.get(test.package_name) ?? environment.projectDir
  const extension = fixture.format === 'sql' ? 'sql' : 'csv'
  return environment
    .fixtures(test.package_name)
    .find(path => path.endsWith(`/${fixture.fixture}.${extension}`))
    ?.replace(/^(?!\/)/, `${root}/`)
}

const readFixture = (environment: RunEnvironment, test: UnitTestNode, fixture: Fixture): string => {
  const path = fixturePath(environment, test, fixture)
  const text = path === undefined ? undefined : environment.fs.readText(path)
  if (text === undefined) {
    throw invalid(
      test,
      `Could not find fixture file ${fixture.fixture} for unit test`,
      `put ${fixture.fixture}.${fixture.format === 'sql' ? 'sql' : 'csv'} into tests/fixtures`,
    )
  }
  return text
}

const isRow = (row: Json): row is JsonObject =>
  typeof row === 'object' && row !== null && !Array.isArray(row)

/** What a `given` or `expect` holds: rows, or SQL that gives them. Throws ParsingError. */
export const fixtureRows = (
  environment: RunEnvironment,
  test: UnitTestNode,
  fixture: Fixture,
): FixtureContent => {
  const text = fixture.fixture === null ? fixture.rows : readFixture(environment, test, fixture)
  switch (fixture.format) {
    case 'sql':
      return { sql: String(text ?? '').trim() }
    case 'csv':
      return { rows: typeof text === 'string' ? csvRows(test, text) : [] }
    case 'dict': {
      const rows = text ?? []
      if (!Array.isArray(rows) || !rows.every(isRow)) {
        throw invalid(test, 'its rows must be a list of dictionaries')
      }
      return { rows }
    }
  }
}
