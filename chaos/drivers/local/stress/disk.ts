import { randomFillSync } from 'node:crypto'
import { type FileHandle, open, statfs, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { GauntletError } from '../../../../reports/run/index.ts'
import type { DiskWanted } from './model.ts'
import type { Stressor } from './stressor.ts'

const CHUNK_BYTES = 8 * 1024 * 1024
/** Never taken: this much, or this share of a file system that is small. */
const LEAST_FREE_BYTES = 512 * 1024 * 1024
const LEAST_FREE_RATIO = 0.05
/** stat(2) counts blocks of 512 bytes, whatever the file system's own are */
const BLOCK_BYTES = 512

export interface DiskStressor extends Stressor<DiskWanted> {
  measure(): Promise<{ readonly diskBytes: number }>
}

/**
 * Fills a disk with a file that has lost its name before it has its first byte: the system takes it away when it is
 * closed, which happens also when we are killed.
 */
export function diskStressor(runId: string): DiskStressor {
  let file: FileHandle | undefined
  return {
    hold: async ({ folder, bytes }, signal) => {
      await refuseTooMuch(folder, bytes)
      file = await openNameless(join(folder, `.gauntlet-fill-${runId}`))
      await fill(file, { folder, bytes, signal })
      await file.datasync()
    },
    letGo: async () => {
      const closing = file
      file = undefined
      await closing?.close()
    },
    measure: async () => ({ diskBytes: file === undefined ? 0 : (await file.stat()).blocks * BLOCK_BYTES }),
  }
}

/** A file of this name that is there already is not ours to write to. */
async function openNameless(path: string): Promise<FileHandle> {
  const file = await open(path, 'wx', 0o600)
  await unlink(path)
  return file
}

/** Others write too: what is left is looked at before each chunk. */
async function fill(file: FileHandle, wanted: DiskWanted & { readonly signal: AbortSignal }): Promise<void> {
  // Random, so that a file system that compresses has nothing to gain.
  const chunk = randomFillSync(Buffer.allocUnsafe(CHUNK_BYTES))
  for (let left = wanted.bytes; left > 0; left -= CHUNK_BYTES) {
    wanted.signal.throwIfAborted()
    await refuseTooMuch(wanted.folder, Math.min(left, CHUNK_BYTES))
    await file.writeFile(left < CHUNK_BYTES ? chunk.subarray(0, left) : chunk)
  }
}

async function refuseTooMuch(folder: string, bytes: number): Promise<void> {
  const { bsize, blocks, bavail } = await statfs(folder)
  const reserveBytes = Math.min(LEAST_FREE_BYTES, Math.floor(LEAST_FREE_RATIO * blocks * bsize))
  const mostBytes = Math.max(0, bavail * bsize - reserveBytes)
  if (bytes <= mostBytes) return
  throw new GauntletError(
    'STRESS_DISK',
    `${bytes} bytes more in ${folder} would leave less than the ${reserveBytes} that are kept free there`,
    { hint: `${mostBytes} can be had now` },
  )
}
