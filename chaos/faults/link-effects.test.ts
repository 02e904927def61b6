import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ToxicEffect } from '../drivers/local/links/index.ts'
import { cutUp, endHeldFor, type Felt, heldFor, stalledFor } from './link-effects.ts'

const held = (count: number, p50: number, max = p50) => ({ count, p50, p95: max, max })
const NONE: ToxicEffect = {
  ...{ connections: 1, receivedBytes: 9, sentBytes: 9, receivedPieces: 3, sentPieces: 3 },
  ...{ heldMs: null, endsHeldMs: null, resets: 0, closes: 0 },
}

const ROWS: readonly [what: string, felt: Felt, effect: Partial<ToxicEffect>, proof: string | undefined][] = [
  ['a delay that is felt', heldFor(50), { heldMs: held(1, 50) }, 'confirmed'],
  ['a timer that fires a little early', heldFor(50), { heldMs: held(1, 46.6) }, 'confirmed'],
  ['one piece that came too early', heldFor(50), { heldMs: held(1, 3) }, undefined],
  ['many that came too early', heldFor(50), { heldMs: held(20, 3) }, 'mismatch'],
  ['a short delay that is felt', heldFor(1), { heldMs: held(1, 0.9) }, 'confirmed'],
  ['a short delay, and nothing held', heldFor(1), { heldMs: held(20, 0.02) }, 'mismatch'],
  ['nothing came', heldFor(50), {}, undefined],
  ['one that stalls now and then', stalledFor(190), { heldMs: held(9, 0, 200) }, 'confirmed'],
  ['none that stalls', stalledFor(190), { heldMs: held(9, 0, 100) }, undefined],
  ['an end that is held', endHeldFor(100), { endsHeldMs: held(1, 100) }, 'confirmed'],
  ['bytes that pass, and no end', endHeldFor(100), { heldMs: held(9, 0) }, undefined],
  ['an end that is not held', endHeldFor(100), { endsHeldMs: held(1, 2) }, undefined],
  ['pieces that are cut up', cutUp, { sentPieces: 4 }, 'confirmed'],
  ['pieces that were small already', cutUp, {}, undefined],
]

for (const [what, felt, effect, proof] of ROWS)
  test(`${what}: ${proof ?? 'not told yet'}`, () =>
    assert.equal(felt([{ ...NONE, ...effect }])?.proof, proof))
