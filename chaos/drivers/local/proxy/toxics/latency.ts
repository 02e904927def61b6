import { Type } from 'typebox'
import { defineToxic } from '../define-toxic.ts'
import { delayed } from '../delayed.ts'
import { DISTRIBUTIONS, distributionOf } from './distribution.ts'

const Milliseconds = Type.Number({ minimum: 0 })

/**
 * Everything, the end too, comes `latency` ± `jitter` ms later than it would; nothing overtakes. With `distribution`
 * `uniform` (when not given) jitter is the most that is added or taken away, with the others the standard deviation.
 */
export const latency = defineToxic({
  type: 'latency',
  attributes: Type.Object({
    latency: Milliseconds,
    jitter: Milliseconds,
    distribution: Type.Optional(Type.Enum([...DISTRIBUTIONS])),
    seed: Type.Optional(Type.Integer()),
  }),
  defaults: { latency: 0, jitter: 0 },
  open: ({ latency, jitter, distribution = 'uniform', seed }, wire) => {
    const draw = distributionOf(distribution, wire.random(seed))
    return delayed(wire, { dueMs: () => wire.nowMs() + Math.max(0, latency + jitter * draw()) })
  },
})
