import { linksOfTraffic, trafficInWords } from '../model/link-radius.ts'
import { bytesPerSecond, type FaultOf, goDurationMs, percentRatio } from '../model/manifests/index.ts'
import type { FaultKind } from './fault-kind.ts'
import { heldFor, stalledFor } from './link-effects.ts'
import { type LinkToxic, onLinks } from './on-links.ts'

type Spec = FaultOf<'NetworkChaos'>['spec']

/** TCP's first retransmission is not sooner: a lost piece stalls for so long. */
const SHORTEST_STALL_MS = 200

/** NetworkChaos that slows what goes over a link: delay, loss, rate and bandwidth, alone or together as netem. */
export const networkShaping: FaultKind = {
  kind: 'network-shaping',
  read: ({ kind, spec }) => {
    if (kind !== 'NetworkChaos') return undefined
    const toxics = toxicsOf(spec)
    if (toxics.length === 0) return undefined
    return onLinks({
      words: {
        radius: trafficInWords(spec),
        does: toxics.map(({ does }) => does).join(', '),
        proof: 'the proxy measures it on what the target sends; after the undo the link goes straight again',
      },
      links: (target, seed) => linksOfTraffic(target, spec, seed),
      toxics,
    })
  },
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
    attributes: { latency: Math.round(latencyMs), jitter: Math.round(jitterMs) },
    does: jitterMs === 0 ? `delays by ${latency}` : `delays by ${latency} ± ${jitter}`,
    felt: heldFor(Math.max(0, latencyMs - jitterMs)),
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
  const kilobytesPerSecond = Math.max(1, Math.round((bytesPerSecond(rate) ?? 0) / 1000))
  return {
    type: 'bandwidth',
    attributes: { rate: kilobytesPerSecond },
    does: `lets ${rate} through`,
    felt: stalledFor(1),
  }
}
