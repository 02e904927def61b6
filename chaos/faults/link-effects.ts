import type { ToxicEffect } from '../drivers/local/links/index.ts'
import type { EffectProof } from './fault-kind.ts'

/** So many pieces without a trace of the fault, and it was not felt. */
const ENOUGH = 20

export type Felt = (effects: readonly ToxicEffect[]) => EffectProof | undefined

/** Pieces came late by `leastMs` or more, half of them: a delay that is added to each. */
export const heldFor =
  (leastMs: number): Felt =>
  (effects) => {
    const held = effects.flatMap(({ heldMs }) => heldMs ?? [])
    const count = held.reduce((sum, one) => sum + one.count, 0)
    if (count === 0) return undefined
    const p50 = Math.max(...held.map((one) => one.p50))
    const seen = `half of ${count} pieces were held for ${ms(p50)} or more, at least ${ms(leastMs)} expected`
    if (p50 >= toleratedMs(leastMs)) return { proof: 'confirmed', seen }
    return count >= ENOUGH ? { proof: 'mismatch', seen } : undefined
  }

/** One piece at least was held for so long: what comes now and then. */
export const stalledFor =
  (leastMs: number): Felt =>
  (effects) => {
    const held = effects.flatMap(({ heldMs }) => heldMs ?? [])
    const longest = Math.max(0, ...held.map((one) => one.max))
    const count = held.reduce((sum, one) => sum + one.count, 0)
    return longest >= leastMs
      ? { proof: 'confirmed', seen: `of ${count} pieces the longest was held for ${ms(longest)}` }
      : undefined
  }

/** The end of a direction was held for so long. */
export const endHeldFor =
  (leastMs: number): Felt =>
  (effects) => {
    const held = effects.flatMap(({ endsHeldMs }) => endsHeldMs ?? [])
    const longest = Math.max(0, ...held.map((one) => one.max))
    return held.length > 0 && longest >= toleratedMs(leastMs)
      ? { proof: 'confirmed', seen: `the end of a connection was held for ${ms(longest)}` }
      : undefined
  }

/** A timer may fire a little early; of a short time a half, which what is not held at all does not take. */
export const toleratedMs = (leastMs: number): number => Math.max(0.95 * leastMs - 1, leastMs / 2)

/** More pieces left than came. */
export const cutUp: Felt = (effects) => {
  const received = sum(effects, 'receivedPieces')
  const sent = sum(effects, 'sentPieces')
  return sent > received
    ? { proof: 'confirmed', seen: `${received} pieces came, and ${sent} left` }
    : undefined
}

/** Bytes came, and none left. */
export const swallowed: Felt = (effects) => {
  const received = sum(effects, 'receivedBytes')
  const sent = sum(effects, 'sentBytes')
  if (sent > 0) return { proof: 'mismatch', seen: `${sent} bytes of ${received} got through` }
  return received > 0
    ? { proof: 'confirmed', seen: `${received} bytes came, and none got through` }
    : undefined
}

/** Connections were reset, or closed before their time. */
export const broken: Felt = (effects) => {
  const resets = sum(effects, 'resets')
  const closes = sum(effects, 'closes')
  return resets + closes > 0
    ? { proof: 'confirmed', seen: `${resets} connections were reset and ${closes} closed by it` }
    : undefined
}

const sum = (
  effects: readonly ToxicEffect[],
  of: 'receivedBytes' | 'sentBytes' | 'receivedPieces' | 'sentPieces' | 'resets' | 'closes',
): number => effects.reduce((total, one) => total + one[of], 0)

const ms = (value: number): string => `${Math.round(value)} ms`
