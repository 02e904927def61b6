import { Type } from 'typebox'
import { defineToxic } from '../define-toxic.ts'
import { delayed } from '../delayed.ts'
import type { Stage, Wire } from '../toxic.ts'

/** What is held per direction until the source meets back-pressure: about what a kernel would buffer. */
const HELD_BYTES = 64 * 1024

/**
 * The link is gone: new connections are refused, the listener is closed. Of those that are open, `open: end` closes
 * them, and `open: freeze` keeps them without a byte passing either way; what came meanwhile goes on when it is over.
 */
export const cut = defineToxic({
  type: 'cut',
  attributes: Type.Object({ open: Type.Enum(['end', 'freeze']) }),
  defaults: { open: 'end' },
  refusesConnections: true,
  open: ({ open }, wire) => {
    if (open === 'freeze')
      return Object.assign(frozen(wire), { opposite: frozen({ ...wire, ...wire.opposite }) })
    wire.close()
    return undefined
  },
})

function frozen(wire: Wire): Stage {
  return delayed(wire, { dueMs: () => Number.POSITIVE_INFINITY, limitBytes: HELD_BYTES })
}
