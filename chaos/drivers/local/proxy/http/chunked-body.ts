import type { BodyReader, BodyState } from './body-reader.ts'

/** A chunk's first line with its extensions, or a trailer's line; longer is malformed. */
const LINE_LIMIT_BYTES = 8 * 1024
const TRAILERS_LIMIT_BYTES = 64 * 1024
const LF = 10
// Up to 13 hex digits stay below 2^53.
const SIZE_LINE = /^([0-9A-Fa-f]{1,13})[ \t]*(;[\t\x20-\x7e\x80-\xff]*)?$/
const TRAILER_LINE = /^[\t\x20-\x7e\x80-\xff]*$/

/** The chunked transfer coding: RFC 9112, 7.1. Extensions and trailers are read over. */
export function chunkedBody(): BodyReader {
  let state: BodyState = 'open'
  let expects: 'size' | 'data' | 'data-end' | 'trailer' = 'size'
  let line = ''
  let left = 0
  let trailerBytes = 0

  const readData = (chunk: Buffer, from: number, content: (part: Buffer) => void): number => {
    const end = Math.min(chunk.length, from + left)
    content(chunk.subarray(from, end))
    left -= end - from
    if (left === 0) expects = 'data-end'
    return end
  }

  const readLine = (chunk: Buffer, from: number): number => {
    const found = chunk.indexOf(LF, from)
    const end = found === -1 ? chunk.length : found + 1
    line += chunk.toString('latin1', from, end)
    if (line.length > LINE_LIMIT_BYTES) state = 'malformed'
    else if (found !== -1) takeLine()
    return end
  }

  const takeLine = (): void => {
    const isEnded = line.endsWith('\r\n')
    const text = line.slice(0, -2)
    line = ''
    if (!isEnded || !isTaken(text)) state = 'malformed'
  }

  const isTaken = (text: string): boolean => {
    switch (expects) {
      case 'size': {
        const size = SIZE_LINE.exec(text)?.[1]
        left = Number.parseInt(size ?? '0', 16)
        expects = left === 0 ? 'trailer' : 'data'
        return size !== undefined
      }
      case 'trailer':
        trailerBytes += text.length
        if (text === '') state = 'complete'
        return TRAILER_LINE.test(text) && trailerBytes <= TRAILERS_LIMIT_BYTES
      case 'data-end':
        expects = 'size'
        return text === ''
      case 'data':
        return false
    }
  }

  return {
    read: (chunk, from, content) => {
      let at = from
      while (at < chunk.length && state === 'open')
        at = expects === 'data' ? readData(chunk, at, content) : readLine(chunk, at)
      return at
    },
    get state() {
      return state
    },
    endsWithStream: false,
  }
}
