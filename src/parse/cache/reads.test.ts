import { describe, expect, test } from 'vitest'
import type { Invocation, ProjectFacts } from '../../context/invocation.ts'
import { recordReads, wouldReadTheSame } from './reads.ts'

const invocation = (changes: Partial<Invocation> = {}): Invocation => ({
  id: 'id',
  startedAt: new Date(0),
  navoVersion: '1',
  flags: { FULL_REFRESH: false, WHICH: 'run' },
  args: {},
  env: { HOME: '/home', SIDE: 'x' },
  emit: () => undefined,
  now: () => new Date(0),
  ...changes,
})
const facts = (threads = 4) => ({ target: { name: 'dev', threads } }) as unknown as ProjectFacts

describe('what was read must be answered the same', () => {
  const recorder = recordReads(invocation(), facts())
  const { env, flags } = recorder.invocation
  void [env.SIDE, env.MISSING, flags.FULL_REFRESH, Object.hasOwn(flags, 'OTHER')]
  const reads = recorder.reads()
  test.each([
    ['the same', invocation(), true],
    ['what nobody asked for', invocation({ flags: { FULL_REFRESH: false, WHICH: 'ls' } }), true],
    ['another value', invocation({ env: { SIDE: 'y' } }), false],
    ['a value that was missing', invocation({ env: { SIDE: 'x', MISSING: '' } }), false],
    ['a flag', invocation({ flags: { FULL_REFRESH: true } }), false],
    ['a flag that was missing', invocation({ flags: { FULL_REFRESH: false, OTHER: 1 } }), false],
  ])('%s', (_, now, expected) => {
    expect(wouldReadTheSame(reads, now, facts(8))).toBe(expected)
  })
  test('threads count when they were looked at', () => {
    void recorder.facts.target.threads
    expect(wouldReadTheSame(recorder.reads(), invocation(), facts(8))).toBe(false)
    expect(wouldReadTheSame(recorder.reads(), invocation(), facts(4))).toBe(true)
  })
})

describe('the passing moment', () => {
  test('belongs to the file that is made', () => {
    const recorder = recordReads(invocation(), facts())
    recorder.during('a.sql', () => void recorder.invocation.startedAt)
    recorder.during('b.sql', () => void recorder.invocation.env.SIDE)
    expect(recorder.passing()).toEqual(new Set(['a.sql']))
  })
  test.each([
    ['id', (of: Invocation) => of.id],
    ['args', (of: Invocation) => of.args],
    ['now', (of: Invocation) => of.now()],
    ['all of the environment', (of: Invocation) => Object.entries(of.env)],
  ])('%s outside of any file: the whole parse is passing', (_, read) => {
    const recorder = recordReads(invocation(), facts())
    read(recorder.invocation)
    expect(recorder.passing()).toBeUndefined()
  })
})
