import { Type } from 'typebox'
import { defineToxic } from '../define-toxic.ts'

/**
 * Nothing gets through, and after `timeout` ms the connection is closed; with 0 it hangs until the toxic is removed.
 * What came meanwhile is lost, so the connection cannot go on and is closed then.
 */
export const timeout = defineToxic({
  type: 'timeout',
  attributes: Type.Object({ timeout: Type.Integer({ minimum: 0 }) }),
  defaults: { timeout: 0 },
  open: ({ timeout }, wire) => {
    const takeBack = timeout > 0 ? wire.at(wire.nowMs() + timeout, () => wire.close()) : () => {}
    return {
      isFull: false,
      send: () => {},
      end: () => wire.close(),
      release: () => {
        takeBack()
        wire.close()
      },
      drop: takeBack,
    }
  },
})
