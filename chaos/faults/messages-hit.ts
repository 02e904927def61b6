import type { ToxicEffect } from '../drivers/local/links/index.ts'
import { type Felt, stalledFor } from './link-effects.ts'

/** So many messages that were due and were left as they came, and it was not felt. */
const ENOUGH = 20

interface Asked {
  /** of the messages that match, 0–1 */
  readonly shareRatio: number
  /** 0: none is held */
  readonly delayMs: number
}

/** Messages were hit, as many as the share says, and one of them was held so long, if that was asked for. */
export const messagesHit =
  ({ shareRatio, delayMs }: Asked): Felt =>
  (effects) => {
    const matched = sum(effects, 'matched')
    const spared = sum(effects, 'spared')
    const applied = sum(effects, 'applied')
    const seen = `${sum(effects, 'messages')} messages, ${matched} matched, ${spared} spared, ${applied} hit`
    if (!isShare(shareRatio, matched - spared, matched)) return { proof: 'mismatch', seen }
    if (applied === 0) return matched >= ENOUGH / shareRatio ? { proof: 'mismatch', seen } : undefined
    // of a share some must be spared too, unless so few are that none may be yet
    if (shareRatio < 1 && spared === 0 && matched < ENOUGH) return undefined
    if (delayMs === 0) return { proof: 'confirmed', seen }
    const held = stalledFor(0.95 * delayMs)(effects)
    return held && { ...held, seen: `${seen}; ${held.seen}` }
  }

const sum = (effects: readonly ToxicEffect[], of: keyof NonNullable<ToxicEffect['counts']>): number =>
  effects.reduce((total, { counts }) => total + (counts?.[of] ?? 0), 0)

/** Five standard deviations of a binomial, and one message: rarer than once in a million looks by chance. */
function isShare(ratio: number, drawn: number, of: number): boolean {
  return Math.abs(drawn - ratio * of) <= 5 * Math.sqrt(of * ratio * (1 - ratio)) + 1
}
