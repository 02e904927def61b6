import { Type } from 'typebox'
import { defineToxic } from '../define-toxic.ts'

/** From the first bytes, or the end, that come this way, it takes `timeout` ms until both sides get a TCP reset. */
export const resetPeer = defineToxic({
  type: 'reset_peer',
  attributes: Type.Object({ timeout: Type.Integer({ minimum: 0 }) }),
  defaults: { timeout: 0 },
  open: ({ timeout }, wire) => {
    let takeBack: (() => void) | undefined
    let held: Buffer[] = []
    let hasEnded = false
    const begin = (): void => {
      takeBack ??= wire.at(wire.nowMs() + timeout, () => wire.reset())
    }
    return {
      get isFull() {
        return takeBack !== undefined
      },
      send: (bytes) => {
        held.push(bytes)
        begin()
      },
      end: () => {
        hasEnded = true
        begin()
      },
      release: () => {
        takeBack?.()
        for (const bytes of held) wire.send(bytes)
        if (hasEnded) wire.end()
      },
      drop: () => {
        takeBack?.()
        held = []
      },
    }
  },
})
