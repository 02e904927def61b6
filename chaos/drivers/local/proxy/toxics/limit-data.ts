import { Type } from 'typebox'
import { defineToxic } from '../define-toxic.ts'
import type { Wire } from '../toxic.ts'

/** After `bytes` bytes of this direction the connection is closed. An update goes on counting. */
export const limitData = defineToxic({
  type: 'limit_data',
  attributes: Type.Object({ bytes: Type.Integer({ minimum: 0 }) }),
  defaults: { bytes: 0 },
  open: ({ bytes: limitBytes }, wire) => ({
    isFull: false,
    send: (bytes) => {
      const allowedBytes = Math.max(0, limitBytes - passedBytes(wire))
      if (allowedBytes > 0) wire.send(bytes.subarray(0, allowedBytes))
      wire.memory['passedBytes'] = passedBytes(wire) + Math.min(allowedBytes, bytes.length)
      if (passedBytes(wire) >= limitBytes) wire.close()
    },
    end: () => wire.end(),
    release: () => {},
    drop: () => {},
  }),
})

const passedBytes = ({ memory }: Wire): number => memory['passedBytes'] ?? 0
