import { describe, expect, it } from 'vitest'
import { contractDifferences } from './contract.ts'
import { structFields } from './struct-fields.ts'
import { textTable } from './text-table.ts'

const column = (name: string, type: string) => ({ name, type })

describe('contractDifferences', () => {
  it('is empty when names and types are the same, in any order', () => {
    const columns = [column('a', 'INTEGER'), column('b', 'VARCHAR')]
    expect(contractDifferences(columns, columns.toReversed())).toEqual([])
  })

  it('says what differs, sorted by column', () => {
    const declared = [column('id', 'BIGINT'), column('gone', 'DATE')]
    const actual = [column('id', 'INTEGER'), column('color', 'VARCHAR')]
    expect(contractDifferences(declared, actual)).toEqual([
      ['color', 'VARCHAR', '', 'missing in contract'],
      ['gone', '', 'DATE', 'missing in definition'],
      ['id', 'INTEGER', 'BIGINT', 'data type mismatch'],
    ])
  })
})

describe('textTable', () => {
  it('looks as dbt prints it', () => {
    const rows = [
      ['aVeryLongColumnNameThatExceedsFiftyCharactersInTotalLength', 'INTEGER', ''],
      ['id', '', 'BIGINT'],
    ]
    expect(textTable(['column_name', 'definition_type', 'contract_type'], rows)).toBe(
      `| column_name                                        | definition_type | contract_type |
| -------------------------------------------------- | --------------- | ------------- |
| aVeryLongColumnNameThatExceedsFiftyCharactersIn... | INTEGER         |               |
| id                                                 |                 | BIGINT        |
`,
    )
  })
})

describe('structFields', () => {
  it('takes structs apart at every depth', () => {
    expect(
      structFields(column('s', 'STRUCT(a INTEGER, b STRUCT(c DECIMAL(10,2), d VARCHAR[]))')),
    ).toEqual([
      column('s.a', 'INTEGER'),
      column('s.b.c', 'DECIMAL(10,2)'),
      column('s.b.d', 'VARCHAR[]'),
    ])
    expect(structFields(column('l', 'STRUCT(a INTEGER)[]'))).toEqual([
      column('l', 'STRUCT(a INTEGER)[]'),
    ])
  })
})
