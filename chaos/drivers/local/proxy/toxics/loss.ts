import { Type } from 'typebox'
import { defineToxic } from '../define-toxic.ts'
import { delayed } from '../delayed.ts'

/** TCP sends again after 200 ms at the soonest, then after twice the time before, at most 120 s (Linux: TCP_RTO_MIN, TCP_RTO_MAX). */
const FIRST_TIMEOUT_MS = 200
const LONGEST_TIMEOUT_MS = 120_000
/** Linux: net.ipv4.tcp_retries2 */
const MOST_RETRIES = 15

const Ratio = Type.Number({ minimum: 0, maximum: 1 })

/**
 * Loss as a reader of TCP sees it: nothing is missing, but what was lost, and all behind it, stalls until it is sent
 * again. What is read at once is lost or not as one. `correlation` is that of one loss with the next: 0 none, near 1
 * they come in long bursts; the share that is lost stays `probability`.
 */
export const loss = defineToxic({
  type: 'loss',
  attributes: Type.Object({
    probability: Ratio,
    correlation: Type.Optional(Ratio),
    seed: Type.Optional(Type.Integer()),
  }),
  defaults: { probability: 0 },
  open: ({ probability, correlation = 0, seed }, wire) => {
    const isLost = losses(wire.random(seed), { probability, correlation })
    return delayed(wire, {
      dueMs: (bytes) => wire.nowMs() + (bytes === undefined ? 0 : stallMs(isLost)),
    })
  },
})

/** A two-state chain: P(lost | last lost) = p + c(1 − p), P(lost | last not) = p(1 − c). Its mean is p (Gilbert, 1960). */
function losses(
  random: () => number,
  { probability, correlation }: { readonly probability: number; readonly correlation: number },
): () => boolean {
  let wasLost = random() < probability
  return () => {
    const pull = correlation * ((wasLost ? 1 : 0) - probability)
    wasLost = random() < probability + pull
    return wasLost
  }
}

/** How long bytes are late that were lost so often, one retransmission after the other. */
export function stallMs(isLost: () => boolean): number {
  let sumMs = 0
  for (let timeoutMs = FIRST_TIMEOUT_MS, retries = 0; retries < MOST_RETRIES && isLost(); retries++) {
    sumMs += timeoutMs
    timeoutMs = Math.min(2 * timeoutMs, LONGEST_TIMEOUT_MS)
  }
  return sumMs
}
