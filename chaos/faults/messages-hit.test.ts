import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ToxicEffect } from '../drivers/local/links/index.ts'
import { messagesHit } from './messages-hit.ts'

interface Row {
  readonly share: number
  readonly matched: number
  readonly spared: number
  readonly applied: number
  readonly proof: 'confirmed' | 'mismatch' | undefined
}

const rows: Readonly<Record<string, Row>> = {
  'the first message of all': { share: 1, matched: 1, spared: 0, applied: 1, proof: 'confirmed' },
  'none hit of many': { share: 1, matched: 20, spared: 0, applied: 0, proof: 'mismatch' },
  'none hit yet': { share: 1, matched: 19, spared: 0, applied: 0, proof: undefined },
  'none hit yet of a small share': { share: 0.01, matched: 500, spared: 500, applied: 0, proof: undefined },
  'the first of a third': { share: 0.3, matched: 1, spared: 0, applied: 1, proof: undefined },
  'about a third': { share: 0.3, matched: 1000, spared: 690, applied: 310, proof: 'confirmed' },
  'all, where a third is asked for': { share: 0.3, matched: 100, spared: 0, applied: 100, proof: 'mismatch' },
  'far too few': { share: 0.3, matched: 1000, spared: 900, applied: 100, proof: 'mismatch' },
  'all, where all but a few are asked for': {
    ...{ share: 0.99, matched: 20, spared: 0, applied: 20, proof: 'confirmed' },
  },
}

for (const [what, { share, matched, spared, applied, proof }] of Object.entries(rows))
  test(`${what} (${applied} of ${matched} with a share of ${share}) is ${proof ?? 'not known yet'}`, () => {
    const counts = { messages: matched, matched, spared, applied }
    const effect: ToxicEffect = {
      ...{ connections: 1, receivedBytes: 0, sentBytes: 0, resets: 0, closes: 0, counts },
      ...{ receivedPieces: 0, sentPieces: 0, heldMs: null, endsHeldMs: null },
    }
    assert.equal(messagesHit({ shareRatio: share, delayMs: 0 })([effect])?.proof, proof)
  })
