import { bytesPerSecond, type FaultOf, goDurationMs, percentRatio } from '../../model/manifests/index.ts'
import { linksOfTraffic, trafficInWords } from '../../radius/link-radius.ts'
import type { FaultKind, Refusal } from '../fault-kind.ts'
import { heldFor, stalledFor, toleratedMs } from '../link-effects.ts'
import { type LinkToxic, onLinks } from '../on-links.ts'

type Spec = FaultOf<'NetworkChaos'>['spec']

/** TCP's first retransmission is not sooner: a lost piece stalls for so long. */
const SHORTEST_STALL_MS = 200

/** What is not held at all is seen to take less. */
const LEAST_DELAY_MS = 1

/** NetworkChaos that slows what goes over a link: delay, loss, rate and bandwidth, alone or together as netem. */
export const networkShaping: FaultKind = {
  kind: 'network-shaping',
  read: ({ kind, spec }) => {
    if (kind !== 'NetworkChaos') return undefined
    const toxics = toxicsOf(spec)
    if (toxics.length === 0) return undefined
    const fault = onLinks({
      words: {
        radius: trafficInWords(spec),
        does: toxics.map(({ does }) => does).join(', '),
        proof: 'the proxy measures it on what the target sends; after the undo the link goes straight again',
      },
      links: (target, seed) => linksOfTraffic(target, spec, seed),
      toxics,
    })
    return { ...fault, whyNot: (...of) => whyNoDelay(spec) ?? fault.whyNot(...of) }
  },
}

function whyNoDelay({ action, delay }: Spec): Refusal | undefined {
  if (delay === undefined || (action !== 'delay' && action !== 'netem')) return undefined
  const { latency, jitter = '0s', correlation = '0' } = delay
  if (Math.max(goDurationMs(latency) ?? 0, goDurationMs(jitter) ?? 0) < LEAST_DELAY_MS)
    return { why: `a delay by ${latency} cannot be told from none`, hint: 'give a latency of 1ms or more' }
  return percentRatio(correlation) > 0 && (goDurationMs(jitter) ?? 0) > 0
    ? {
        why: `delays with a correlation of ${correlation} %: a proxy draws each for itself`,
        hint: 'leave correlation out, or let tc netem do it: the annotation gauntlet/driver: packets',
      }
    : undefined
}

function toxicsOf(spec: Spec): LinkToxic[] {
  const has = (action: Spec['action']): boolean => spec.action === 'netem' || spec.action === action
  return [
    ...(has('delay') && spec.delay ? [delayed(spec.delay)] : []),
    ...(has('loss') && spec.loss ? [lossy(spec.loss)] : []),
    ...(has('rate') && spec.rate ? [slow(spec.rate.rate)] : []),
    ...(spec.action === 'bandwidth' && spec.bandwidth ? [slow(spec.bandwidth.rate)] : []),
  ]
}

function delayed({ latency, jitter = '0s' }: NonNullable<Spec['delay']>): LinkToxic {
  const latencyMs = goDurationMs(latency) ?? 0
  const jitterMs = goDurationMs(jitter) ?? 0
  return {
    type: 'latency',
    attributes: { latency: latencyMs, jitter: jitterMs },
    does: jitterMs === 0 ? `delays by ${latency}` : `delays by ${latency} ± ${jitter}`,
    felt:
      latencyMs - jitterMs >= LEAST_DELAY_MS
        ? heldFor(latencyMs - jitterMs)
        : // a piece may not be held at all, one of four is held so long
          stalledFor(toleratedMs(Math.max(latencyMs, jitterMs / 2))),
  }
}

function lossy({ loss, correlation = '0' }: NonNullable<Spec['loss']>): LinkToxic {
  return {
    type: 'loss',
    attributes: { probability: percentRatio(loss), correlation: percentRatio(correlation) },
    does: `loses ${loss} %, as stalls of TCP`,
    felt: stalledFor(0.95 * SHORTEST_STALL_MS),
  }
}

/** Of what a slow line keeps, the last byte waits for all before it. */
function slow(rate: string): LinkToxic {
  return {
    type: 'bandwidth',
    attributes: { rate: (bytesPerSecond(rate) ?? 0) / 1000 },
    does: `lets ${rate} through`,
    felt: stalledFor(1),
  }
}
