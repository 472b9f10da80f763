import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { RuntimeError } from '../core/errors.ts'

/** Large enough that a manifest of 60 MB needs few system calls, small enough to stay cheap. */
const bufferSize = 1 << 20

/** Text, or text that is encoded already. */
export type ArtifactPiece = string | Uint8Array

/**
 * Writes an artifact in pieces into a file beside it, then renames it: readers see the old one or
 * the new one, and a full disk leaves the old one.
 * Throws RuntimeError naming the file.
 */
export const writeArtifact = (path: string, pieces: Iterable<ArtifactPiece>): void => {
  const staged = `${path}.${process.pid}.tmp`
  let descriptor: number | undefined
  try {
    mkdirSync(dirname(path), { recursive: true })
    descriptor = openSync(staged, 'w')
    writePieces(descriptor, pieces)
    closeSync(descriptor)
    descriptor = undefined
    renameSync(staged, path)
  } catch (cause) {
    if (descriptor !== undefined) closeSync(descriptor)
    removeQuietly(staged)
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new RuntimeError(`Could not write ${path}: ${why}`, {
      code: 'artifact-write',
      hint: 'is the disk full, or the folder read-only?',
      cause,
    })
  }
}

/** What went wrong before matters more than that its traces stay. */
const removeQuietly = (path: string): void => {
  try {
    rmSync(path, { force: true })
  } catch {
    // The folder is a file, or gone.
  }
}

const writePieces = (descriptor: number, pieces: Iterable<ArtifactPiece>): void => {
  let held: string[] = []
  let size = 0
  const flush = (): void => {
    if (size > 0) writeBytes(descriptor, Buffer.from(held.join('')))
    held = []
    size = 0
  }
  for (const piece of pieces) {
    if (typeof piece !== 'string') {
      flush()
      writeBytes(descriptor, piece)
      continue
    }
    held.push(piece)
    size += piece.length
    if (size >= bufferSize) flush()
  }
  flush()
}

const writeBytes = (descriptor: number, bytes: Uint8Array): void => {
  let written = 0
  while (written < bytes.length) written += writeSync(descriptor, bytes, written)
}
