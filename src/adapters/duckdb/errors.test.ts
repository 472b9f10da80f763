import { describe, expect, it } from 'vitest'
import { isInterrupt, openError, statementError } from './errors.ts'

describe('statementError', () => {
  it('has the place of the caret', () => {
    const message = 'Binder Error: no such column\n\nLINE 2:   nope as x\n          ^'
    const statement = 'select 1,\n  nope as x'
    expect(statementError(new Error(message), statement, statement)).toMatchObject({
      message,
      place: { line: 2, column: 3 },
    })
  })

  it('finds the place in a line that is cut', () => {
    const statement = `select ${'a, '.repeat(40)}nope, ${'b, '.repeat(40)}c`
    const at = statement.indexOf('nope')
    const shown = `...${statement.slice(at - 20, at + 30)}...`
    const message = `Binder Error: x\n\nLINE 1: ${shown}\n${' '.repeat(8 + 3 + 20)}^`
    expect(statementError(new Error(message), statement, statement).place).toEqual({
      line: 1,
      column: at + 1,
    })
  })

  it('counts from the statement, not from the comment before it', () => {
    const message = 'Parser Error: x\n\nLINE 3: selec 1\n        ^'
    const error = statementError(new Error(message), 'selec 1', '/* a\nb */\nselec 1')
    expect(error.place).toEqual({ line: 1, column: 1 })
  })

  it('has no place when DuckDB gives none, and hints at a full disk', () => {
    const message = 'IO Error: Could not write file "x": No space left on device'
    expect(statementError(new Error(message), 's', 's')).toMatchObject({
      place: undefined,
      code: 'disk-full',
      hint: expect.stringContaining('disk is full'),
    })
  })
})

describe('openError', () => {
  it('names the process that holds the file', () => {
    const message =
      'IO Error: Could not set lock on file "/x/a.duckdb": Conflicting lock is held in /usr/bin/python3 (PID 42). See also'
    expect(openError(new Error(message), 'a.duckdb')).toMatchObject({
      code: 'database-locked',
      hint: 'a.duckdb is open in /usr/bin/python3, process 42: close it there, or wait until it is done',
    })
  })
})

it('tells interrupted statements', () => {
  expect(isInterrupt(new Error('INTERRUPT Error: Interrupted!'))).toBe(true)
  expect(isInterrupt(new Error('Binder Error: INTERRUPT Error'))).toBe(false)
})
