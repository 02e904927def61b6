import { Type } from 'typebox'
import { defineToxic } from '../define-toxic.ts'
import { delayed } from '../delayed.ts'

const Size = Type.Integer({ minimum: 0 })

/** Cuts what comes into pieces of `average_size` ± `size_variation` bytes, `delay` µs apart. */
export const slicer = defineToxic({
  type: 'slicer',
  attributes: Type.Object({ average_size: Size, size_variation: Size, delay: Size }),
  defaults: { average_size: 0, size_variation: 0, delay: 0 },
  open: ({ average_size: averageBytes, size_variation: variationBytes, delay: delayUs }, wire) => {
    const random = wire.random()
    let freeAtMs = 0
    return delayed(wire, {
      pieces: (bytes) => slices(bytes, () => averageBytes + variationBytes * (2 * random() - 1)),
      dueMs: () => {
        const dueMs = Math.max(freeAtMs, wire.nowMs())
        freeAtMs = dueMs + delayUs / 1000
        return dueMs
      },
    })
  },
})

function* slices(bytes: Buffer, nextBytes: () => number): Generator<Buffer> {
  for (let at = 0; at < bytes.length; ) {
    const end = at + Math.max(1, Math.round(nextBytes()))
    yield bytes.subarray(at, end)
    at = end
  }
}
