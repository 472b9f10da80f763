import type { Lock } from './session.ts'

/** A lock whose holders take turns in the order of asking. */
export const makeLock = (): Lock => {
  let last: Promise<void> = Promise.resolve()
  return {
    async acquire() {
      let free: () => void = () => undefined
      const before = last
      last = new Promise(resolve => {
        free = resolve
      })
      await before
      return free
    },
  }
}
