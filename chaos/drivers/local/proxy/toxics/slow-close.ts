import { Type } from 'typebox'
import { defineToxic } from '../define-toxic.ts'
import { delayed } from '../delayed.ts'

/** Bytes pass as they come; the end of the stream waits `delay` ms. */
export const slowClose = defineToxic({
  type: 'slow_close',
  attributes: Type.Object({ delay: Type.Integer({ minimum: 0 }) }),
  defaults: { delay: 0 },
  open: ({ delay }, wire) =>
    delayed(wire, { dueMs: (bytes) => wire.nowMs() + (bytes === undefined ? delay : 0) }),
})
