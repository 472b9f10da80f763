import { expect, it } from 'vitest'
import { duckdbType } from './hive-types.ts'

it.each([
  ['string', 'VARCHAR'],
  ['varchar(10)', 'VARCHAR'],
  ['decimal(10, 2)', 'DECIMAL(10, 2)'],
  ['bigint', 'BIGINT'],
  ['array<string>', 'VARCHAR[]'],
  ['array(row(a int, b varchar))', 'STRUCT(a INT, b VARCHAR)[]'],
  ['map<string,array<int>>', 'MAP(VARCHAR, INT[])'],
  ['struct<a:int,b:struct<c:string>>', 'STRUCT(a INT, b STRUCT(c VARCHAR))'],
  ['timestamp with time zone', 'TIMESTAMP WITH TIME ZONE'],
])('spells %s as %s', (given, expected) => {
  expect(duckdbType(given)).toBe(expected)
})
