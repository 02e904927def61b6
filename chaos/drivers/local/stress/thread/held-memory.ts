import { randomFillSync } from 'node:crypto'

const CHUNK_BYTES = 16 * 1024 * 1024
const PAGE_BYTES = 4096

/** Memory that really is there: every page is written with random bytes, which nothing can compress or share. */
export function fillMemory(bytes: number): readonly Buffer[] {
  const chunks: Buffer[] = []
  for (let left = bytes; left > 0; left -= CHUNK_BYTES)
    chunks.push(randomFillSync(Buffer.allocUnsafeSlow(Math.min(left, CHUNK_BYTES))))
  return chunks
}

/** Reads each page once, so that those which were swapped out come back. The sum keeps the reading from being left out. */
export function touchPages(chunks: readonly Buffer[]): number {
  let sum = 0
  for (const chunk of chunks)
    for (let offset = 0; offset < chunk.length; offset += PAGE_BYTES) sum += chunk[offset] ?? 0
  return sum
}
