import { closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Stream } from './stream.ts'

/** Older log files kept beside the current one: navo.log.1 … navo.log.5. */
const backups = 5

/**
 * A log file that rolls over before it would grow past `maxBytes` (0 = never). Lines are written at
 * once, so that nothing is lost when the process dies; a folder that cannot be written to turns the
 * file off silently, because a log must not stop a run.
 */
export const logFile = (
  directory: string,
  maxBytes: number,
): { readonly stream: Stream; readonly close: () => void } => {
  const path = join(directory, 'navo.log')
  let descriptor: number | undefined
  let size = 0
  const open = (): void => {
    try {
      mkdirSync(directory, { recursive: true })
      descriptor = openSync(path, 'a')
      size = fstatSync(descriptor).size
    } catch {
      descriptor = undefined
    }
  }
  const close = (): void => {
    if (descriptor !== undefined) closeSync(descriptor)
    descriptor = undefined
  }
  const rollOver = (): void => {
    close()
    for (let i = backups - 1; i >= 0; i--) {
      try {
        renameSync(i === 0 ? path : `${path}.${i}`, `${path}.${i + 1}`)
      } catch {
        // Not there yet.
      }
    }
    open()
  }
  open()
  return {
    stream: {
      write: text => {
        const bytes = Buffer.from(text)
        if (maxBytes > 0 && size > 0 && size + bytes.length > maxBytes) rollOver()
        if (descriptor === undefined) return
        try {
          writeSync(descriptor, bytes)
          size += bytes.length
        } catch {
          close()
        }
      },
    },
    close,
  }
}
