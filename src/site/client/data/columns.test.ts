import { describe, expect, it } from 'vitest'
import { constraintTexts } from './columns.ts'

describe('constraintTexts', () => {
  it('says each constraint in words', () => {
    expect(
      constraintTexts([
        { type: 'not_null', to_columns: [], expression: null },
        { type: 'primary_key', columns: ['a', 'b'] },
        { type: 'check', expression: 'x > 0' },
        { type: 'foreign_key', columns: ['c'], to: 'db.main.orders', to_columns: ['id'] },
        null,
      ]),
    ).toEqual([
      'not null',
      'primary key (a, b)',
      'check (x > 0)',
      'foreign key (c) → db.main.orders (id)',
    ])
  })
})
