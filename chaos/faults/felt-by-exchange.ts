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
  const straight = await fastest(link.upstream)
  return async (toxics) => {
    if (toxics.some(({ type }) => type === 'cut')) return cutOff(via)
    if (straight.ended !== 'answered')
      return {
        proof: 'unproven',
        seen: `${link.name} speaks no HTTP, and Toxiproxy does not tell what it did`,
      }
    const leastMs = toxics.reduce((sum, one) => sum + leastAddedMs(one), 0)
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
  // a timer may fire a little early
  if (through.ms - straight.ms >= 0.95 * leastMs - 1) return { proof: 'confirmed', seen }
  return toxics.every(({ toxicity = 1 }) => toxicity === 1) ? { proof: 'mismatch', seen } : undefined
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

/** The first of a connection may be slower. */
async function fastest(address: string): Promise<Exchange> {
  let best = await exchange(address, PATIENCE_MS)
  for (let n = 1; n < STRAIGHT_EXCHANGES && best.ended === 'answered'; n++) {
    const next = await exchange(address, PATIENCE_MS)
    if (next.ended === 'answered' && next.ms < best.ms) best = next
  }
  return best
}

const inWords = ({ ended, ms }: Exchange): string => `${ended} after ${Math.round(ms)} ms`
