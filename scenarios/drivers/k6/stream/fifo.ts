import { constants, openSync } from 'node:fs'
import { Socket } from 'node:net'
import { END_LINE } from './csv.ts'

/** As much as a FIFO holds (pipe(7)). */
const FIFO_BYTES = 1 << 16

export interface FifoEvents {
  /** the bytes are overwritten as soon as this returns */
  chunk(bytes: Buffer): void
  broken(reason: string): void
}

export interface FifoReader {
  /** writes our end line behind whatever the writer left: who reads it has read all before it */
  end(): void
  close(): void
}

/**
 * Opens a FIFO for reading. For writing too, so that it neither blocks until a writer comes nor ends when one goes:
 * a FIFO that nobody writes to would hang Node even in `process.exit`.
 */
export function openFifo(path: string, events: FifoEvents): FifoReader {
  const fd = openSync(path, constants.O_RDWR | constants.O_NONBLOCK)
  const buffer = Buffer.allocUnsafe(FIFO_BYTES)
  const callback = (size: number): boolean => {
    events.chunk(buffer.subarray(0, size))
    return true
  }
  // One buffer for all: a new one a read fills the memory faster than it is taken back.
  const socket = new Socket({ fd, readable: true, writable: true, onread: { buffer, callback } })
  socket.on('error', (error) => events.broken(error.message))
  return {
    end: () => void socket.write(`\n${END_LINE}\n`),
    close: () => void socket.destroy(),
  }
}
