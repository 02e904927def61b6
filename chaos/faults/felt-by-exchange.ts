import type { TargetLink } from '../../reports/run/index.ts'
import { type Exchange, exchange, isRefused, type Toxic } from '../drivers/local/links/index.ts'
import type { EffectProof } from './fault-kind.ts'

/** Beyond what a toxic adds itself, an answer is waited for no longer. */
const PATIENCE_MS = 2_000
const STRAIGHT_EXCHANGES = 3

/** What exchanges of ours through the proxy felt of these toxics; undefined: nothing yet. */
export type FeltByExchange = (toxics: readonly Toxic[]) => Promise<EffectProof | undefined>

/**
 * For a proxy that does not tell what its toxics did. Exchanges of ours, through it and straight, are compared, which
 * only a link that speaks HTTP allows: what it speaks is found by asking its end before the fault is on.
 */
export async function feltByExchange(link: TargetLink, via: string): Promise<FeltByExchange> {
  let straight = await fastest(link.upstream)
  return async (toxics) => {
    if (toxics.some(({ type }) => type === 'cut')) return cutOff(via)
    if (straight.ended !== 'answered')
      return {
        proof: 'unproven',
        seen: `${link.name} speaks no HTTP, and Toxiproxy does not tell what it did`,
      }
    const leastMs = toxics.reduce((sum, one) => sum + leastAddedMs(one), 0)
    // asked again beside it: how fast it is straight is known the better, the more often it was asked on a busy machine
    straight = faster(straight, await exchange(link.upstream, PATIENCE_MS))
    const through = await exchange(via, PATIENCE_MS + 2 * leastMs)
    return compared({ toxics, leastMs, straight, through })
  }
}

interface Compared {
  readonly toxics: readonly Toxic[]
  /** what they add to an exchange at least, all together */
  readonly leastMs: number
  readonly straight: Exchange
  readonly through: Exchange
}

function compared({ toxics, leastMs, straight, through }: Compared): EffectProof | undefined {
  const seen = `a request of ours was ${inWords(through)} through Toxiproxy, and ${inWords(straight)} straight`
  if (toxics.some(({ type }) => BREAKING.includes(type)))
    return through.ended === 'answered' ? undefined : { proof: 'confirmed', seen }
  if (leastMs < LEAST_TOLD_MS) return { proof: 'unproven', seen: `no request of ours can feel it: ${seen}` }
  if (through.ended !== 'answered') return { proof: 'mismatch', seen }
  const addedMs = 0.95 * leastMs - 1 // a timer may fire a little early
  if (through.ms - straight.ms >= addedMs) return { proof: 'confirmed', seen }
  // What is late, but no later than straight, may be so by the toxic or by a busy machine.
  const isTooEarly = through.ms < addedMs && toxics.every(({ toxicity = 1 }) => toxicity === 1)
  return isTooEarly ? { proof: 'mismatch', seen } : undefined
}

/** A request of ours may be late by some ms by itself. */
const LEAST_TOLD_MS = 10

/** After these an exchange is not answered. */
const BREAKING: readonly string[] = ['timeout', 'reset_peer', 'limit_data']

/** What a toxic adds to what goes one way; 0 when that depends on how much goes. */
function leastAddedMs({ type, attributes }: Toxic): number {
  const figure = (name: string): number => Number(attributes[name] ?? 0)
  if (type === 'latency') return Math.max(0, figure('latency') - figure('jitter'))
  return 0
}

async function cutOff(via: string): Promise<EffectProof> {
  return (await isRefused(via))
    ? { proof: 'confirmed', seen: `connections through ${via} are refused` }
    : { proof: 'mismatch', seen: `a connection through ${via} is not refused` }
}

/** The first may be slower, or without an answer while the machine is busy. */
async function fastest(address: string): Promise<Exchange> {
  let best = await exchange(address, PATIENCE_MS)
  for (let n = 1; n < STRAIGHT_EXCHANGES && best.ended !== 'not HTTP'; n++)
    best = faster(best, await exchange(address, PATIENCE_MS))
  return best
}

function faster(one: Exchange, other: Exchange): Exchange {
  if (other.ended !== 'answered') return one
  return one.ended !== 'answered' || other.ms < one.ms ? other : one
}

const inWords = ({ ended, ms }: Exchange): string => `${ended} after ${Math.round(ms)} ms`
