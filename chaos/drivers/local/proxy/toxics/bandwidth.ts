import { Type } from 'typebox'
import { defineToxic } from '../define-toxic.ts'
import { delayed } from '../delayed.ts'

/** Bytes go on in portions of what the rate lets through in this time, as a slow line does, not all at the end. */
const PORTION_MS = 10
/** What a slow line keeps in its buffer; a sender of more meets back-pressure. */
const BUFFER_BYTES = 64 * 1024

/** At most `rate` KB (1000 bytes) a second; 0 lets nothing pass. */
export const bandwidth = defineToxic({
  type: 'bandwidth',
  attributes: Type.Object({ rate: Type.Number() }),
  defaults: { rate: 0 },
  open: ({ rate }, wire) => {
    const bytesPerMs = Math.max(0, rate)
    const portionBytes = Math.ceil(bytesPerMs * PORTION_MS) || Number.POSITIVE_INFINITY
    let freeAtMs = 0
    return delayed(wire, {
      limitBytes: BUFFER_BYTES,
      pieces: (bytes) => cut(bytes, portionBytes),
      dueMs: (bytes) => {
        if (bytes === undefined) return freeAtMs
        freeAtMs = Math.max(freeAtMs, wire.nowMs()) + bytes.length / bytesPerMs
        return freeAtMs
      },
    })
  },
})

function* cut(bytes: Buffer, portionBytes: number): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += portionBytes) yield bytes.subarray(at, at + portionBytes)
}
