/** One unit of work with the ids of those that must have ended well before it. */
export interface Job {
  readonly id: string
  readonly after: readonly string[]
  /** The heaviest of the ready jobs starts first. */
  readonly weight: number
}

/** What becomes of the jobs that wait for one that ended. */
export type Outcome = 'done' | 'failed'

export interface ScheduleOptions<J extends Job, R> {
  readonly jobs: readonly J[]
  readonly threads: number
  /** Runs a job on a thread (0 …). Never throws: failures are results. */
  readonly run: (job: J, thread: number) => Promise<R>
  readonly outcome: (result: R) => Outcome
  /** The result of a job that is not run; `because` is the failed job it waited for, if any. */
  readonly skip: (job: J, because: J | undefined) => R
  /** True when nothing more shall start. */
  readonly stop: () => boolean
}

interface State<J extends Job> {
  readonly job: J
  waiting: number
  blockedBy: J | undefined
}

/** Ready jobs, heaviest first; equal weights in the order they were given. */
class ReadyQueue<J extends Job> {
  readonly #heap: { readonly job: J; readonly order: number }[] = []
  #count = 0

  get size(): number {
    return this.#heap.length
  }

  push(job: J): void {
    const heap = this.#heap
    heap.push({ job, order: this.#count++ })
    for (let i = heap.length - 1; i > 0; ) {
      const parent = (i - 1) >> 1
      if (!this.#before(i, parent)) break
      this.#swap(i, parent)
      i = parent
    }
  }

  pop(): J | undefined {
    const heap = this.#heap
    const top = heap[0]
    const last = heap.pop()
    if (!top || !last) return undefined
    if (heap.length > 0) {
      heap[0] = last
      this.#sink()
    }
    return top.job
  }

  #sink(): void {
    for (let i = 0; ; ) {
      const [left, right] = [2 * i + 1, 2 * i + 2]
      let first = i
      if (left < this.#heap.length && this.#before(left, first)) first = left
      if (right < this.#heap.length && this.#before(right, first)) first = right
      if (first === i) return
      this.#swap(i, first)
      i = first
    }
  }

  #before(a: number, b: number): boolean {
    const [left, right] = [this.#heap[a]!, this.#heap[b]!]
    return (
      left.job.weight > right.job.weight ||
      (left.job.weight === right.job.weight && left.order < right.order)
    )
  }

  #swap(a: number, b: number): void {
    const kept = this.#heap[a]!
    this.#heap[a] = this.#heap[b]!
    this.#heap[b] = kept
  }
}

/**
 * Runs jobs on a number of threads: a job starts as soon as all that it waits for ended well; behind
 * a failed one everything is skipped. Gives the results in the order of completion, one a job.
 */
export const schedule = async <J extends Job, R>(
  options: ScheduleOptions<J, R>,
): Promise<readonly R[]> => {
  const states = new Map<string, State<J>>()
  const waiters = new Map<string, State<J>[]>()
  const ready = new ReadyQueue<J>()
  const results: R[] = []
  for (const job of options.jobs) {
    states.set(job.id, { job, waiting: 0, blockedBy: undefined })
  }
  for (const state of states.values()) {
    for (const id of state.job.after) {
      if (!states.has(id)) continue
      state.waiting++
      const known = waiters.get(id)
      if (known) known.push(state)
      else waiters.set(id, [state])
    }
    if (state.waiting === 0) ready.push(state.job)
  }
  let left = states.size
  const idle: (() => void)[] = []
  const wake = (): void => {
    for (const resolve of idle.splice(0)) resolve()
  }
  const finish = (job: J, result: R, outcome: Outcome): void => {
    results.push(result)
    left--
    const pending = [{ job, outcome }]
    for (let next = pending.pop(); next; next = pending.pop()) {
      for (const state of waiters.get(next.job.id) ?? []) {
        if (next.outcome === 'failed') state.blockedBy ??= next.job
        if (--state.waiting > 0) continue
        if (state.blockedBy === undefined) {
          ready.push(state.job)
          continue
        }
        results.push(options.skip(state.job, state.blockedBy))
        left--
        pending.push({ job: state.job, outcome: 'failed' })
      }
    }
    wake()
  }
  const worker = async (thread: number): Promise<void> => {
    while (left > 0 && !options.stop()) {
      const job = ready.pop()
      if (job === undefined) {
        await new Promise<void>(resolve => idle.push(resolve))
        continue
      }
      const result = await options.run(job, thread)
      finish(job, result, options.outcome(result))
    }
    wake()
  }
  const threads = Math.max(1, Math.min(options.threads, states.size))
  await Promise.all(Array.from({ length: threads }, (_, thread) => worker(thread)))
  if (results.length < states.size) results.push(...leftOver(states, options, ready))
  return results
}

// What never started because the run was stopped: everything that is ready or still waits.
const leftOver = <J extends Job, R>(
  states: ReadonlyMap<string, State<J>>,
  options: ScheduleOptions<J, R>,
  ready: ReadyQueue<J>,
): readonly R[] => {
  const skipped: R[] = []
  for (let job = ready.pop(); job; job = ready.pop()) skipped.push(options.skip(job, undefined))
  for (const { job, waiting } of states.values()) {
    if (waiting > 0) skipped.push(options.skip(job, undefined))
  }
  return skipped
}
