import { expect, it } from 'vitest'
import { csvHeader } from './csv-header.ts'

it.each([
  ['a,b\n1,2', ',', ['a', 'b']],
  ['a,b', ',', ['a', 'b']],
  ['\uFEFFa;b\r\n', ';', ['a', 'b']],
  ['"a,1","b ""x"""\n', ',', ['a,1', 'b "x"']],
  ['"a\nb",c\n', ',', ['a\nb', 'c']],
  ['a"b,c\n', ',', ['a"b', 'c']],
  ['a,a,a_2,a\n', ',', ['a', 'a_2', 'a_2_2', 'a_3']],
  ['a,,\n', ',', ['a', 'b', 'c']],
  ['', ',', []],
])('reads the names in %j', (text, delimiter, names) => {
  expect(csvHeader(text, delimiter)).toEqual(names)
})
