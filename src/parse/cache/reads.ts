import type { Invocation, ProjectFacts } from '../../context/invocation.ts'
import { fingerprint } from './fingerprint.ts'

/** What a parse asked of its surroundings: by name, the fingerprint of what it was told. */
export interface Reads {
  readonly env: Readonly<Record<string, string>>
  readonly flags: Readonly<Record<string, string>>
  readonly target: Readonly<Record<string, string>>
}

/** Watches what templates read while a project is parsed. */
export interface ReadRecorder {
  /** These stand in for the real ones and note what is asked of them. */
  readonly invocation: Invocation
  readonly facts: ProjectFacts
  /** Notes that what is made meanwhile comes from this file. */
  during<T>(file: string, make: () => T): T
  reads(): Reads
  /**
   * Files whose templates saw something that no second run will see again: the clock, the id of
   * the invocation, its arguments. Undefined when something else than a file's own template did.
   */
  passing(): ReadonlySet<string> | undefined
}

const observed = <T extends object>(of: T, note: (name: string) => void, noteAll: () => void): T =>
  new Proxy(of, {
    get: (target, name) => {
      if (typeof name === 'string') note(name)
      return Reflect.get(target, name)
    },
    has: (target, name) => {
      if (typeof name === 'string') note(name)
      return Reflect.has(target, name)
    },
    getOwnPropertyDescriptor: (target, name) => {
      if (typeof name === 'string') note(name)
      return Reflect.getOwnPropertyDescriptor(target, name)
    },
    ownKeys: target => {
      noteAll()
      return Reflect.ownKeys(target)
    },
  })

/** Begins watching one parse. */
export const recordReads = (invocation: Invocation, facts: ProjectFacts): ReadRecorder => {
  const env = new Set<string>()
  const flags = new Set<string>()
  const target = new Set<string>()
  const files = new Set<string>()
  let current: string | undefined
  let isProjectPassing = false
  const notePassing = (): void => {
    if (current === undefined) isProjectPassing = true
    else files.add(current)
  }
  const watched: Invocation = {
    navoVersion: invocation.navoVersion,
    emit: invocation.emit,
    env: observed(invocation.env, name => env.add(name), notePassing),
    flags: observed(invocation.flags, name => flags.add(name), notePassing),
    get id() {
      notePassing()
      return invocation.id
    },
    get startedAt() {
      notePassing()
      return invocation.startedAt
    },
    get args() {
      notePassing()
      return invocation.args
    },
    now: () => {
      notePassing()
      return invocation.now()
    },
  }
  const watchedTarget: ProjectFacts['target'] = {
    ...facts.target,
    get threads() {
      target.add('threads')
      return facts.target.threads
    },
  }
  return {
    invocation: watched,
    facts: { ...facts, target: watchedTarget },
    during: (file, make) => {
      const outer = current
      current = file
      try {
        return make()
      } finally {
        current = outer
      }
    },
    reads: () => readNow({ env, flags, target }, invocation, facts),
    passing: () => (isProjectPassing ? undefined : files),
  }
}

interface Names {
  readonly env: Iterable<string>
  readonly flags: Iterable<string>
  readonly target: Iterable<string>
}

const readNow = (names: Names, invocation: Invocation, facts: ProjectFacts): Reads => {
  const told = (of: object, asked: Iterable<string>): Record<string, string> =>
    Object.fromEntries(
      [...asked].map(name => [name, fingerprint((of as Record<string, unknown>)[name])]),
    )
  return {
    env: told(invocation.env, names.env),
    flags: told(invocation.flags, names.flags),
    target: told(facts.target, names.target),
  }
}

/** Whether the surroundings would answer today what they answered then. */
export const wouldReadTheSame = (
  reads: Reads,
  invocation: Invocation,
  facts: ProjectFacts,
): boolean => {
  const names = {
    env: Object.keys(reads.env),
    flags: Object.keys(reads.flags),
    target: Object.keys(reads.target),
  }
  return fingerprint(readNow(names, invocation, facts)) === fingerprint(reads)
}

/** Both together, where a part of the project was read anew. */
export const joinReads = (first: Reads, second: Reads): Reads => ({
  env: { ...first.env, ...second.env },
  flags: { ...first.flags, ...second.flags },
  target: { ...first.target, ...second.target },
})
