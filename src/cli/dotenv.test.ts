import { expect, test } from 'vitest'
import { parseDotenv } from './dotenv.ts'

test('names, quotes, comments', () => {
  const text = [
    '# comment',
    'A=1',
    ' export B = two words # not this',
    `C='single # kept \\n'`,
    'D="line\\nbreak"',
    'E=',
    'not a line',
    'F="with = and #"  # tail',
  ].join('\n')
  expect(parseDotenv(text)).toEqual({
    A: '1',
    B: 'two words',
    C: 'single # kept \\n',
    D: 'line\nbreak',
    E: '',
    F: 'with = and #',
  })
})
