import type { Framing } from './body-framing.ts'
import type { BodyReader } from './body-reader.ts'
import { chunkedBody } from './chunked-body.ts'

/** A reader for one body that is framed so. */
export function framedBody(framing: Framing): BodyReader {
  switch (framing.kind) {
    case 'chunked':
      return chunkedBody()
    case 'until-close':
      return bodyUntilClose()
    case 'length':
      return bodyOfLength(framing.bytes)
    case 'tunnel':
      return bodyOfLength(0)
  }
}

function bodyOfLength(bytes: number): BodyReader {
  let left = bytes
  return {
    read: (chunk, from, content) => {
      const end = Math.min(chunk.length, from + left)
      left -= end - from
      if (end > from) content(chunk.subarray(from, end))
      return end
    },
    get state() {
      return left === 0 ? 'complete' : 'open'
    },
    endsWithStream: false,
  }
}

function bodyUntilClose(): BodyReader {
  return {
    read: (chunk, from, content) => {
      content(chunk.subarray(from))
      return chunk.length
    },
    state: 'open',
    endsWithStream: true,
  }
}
