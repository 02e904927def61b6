import type { Readable } from 'node:stream'

const KEPT_CHARACTERS = 64 * 1024
/** Far more than a visit to a page, the longest that a program of ours says in one line. */
const LONGEST_LINE = 16 * 1024 * 1024

/** Reads a stream to its end, line by line, and keeps only its tail; the returned function tells the tail. */
export function followOutput(stream: Readable, onLine: (line: string) => void = () => {}): () => string {
  let tail = ''
  let open = ''
  stream.setEncoding('utf8')
  stream.on('data', (chunk: string) => {
    tail += chunk
    if (tail.length > 2 * KEPT_CHARACTERS) tail = tail.slice(-KEPT_CHARACTERS)
    const [first = '', ...others] = chunk.split('\n')
    const lines = [open + first, ...others]
    // A program that never ends its line must not fill our memory.
    open = (lines.pop() ?? '').slice(-LONGEST_LINE)
    for (const line of lines) onLine(line)
  })
  stream.once('end', () => {
    if (open !== '') onLine(open)
  })
  // The other side may be killed in the middle of a write; its end is told by the process, not by the pipe.
  stream.on('error', () => {})
  return () => tail.slice(-KEPT_CHARACTERS)
}
