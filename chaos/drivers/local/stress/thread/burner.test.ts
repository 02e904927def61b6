import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createBurner, MOST_OWED_MS } from './burner.ts'

/** A core of which a thread gets this share while it burns; looking at the clock takes it 0.1 ms. */
function core(shareRatio: number) {
  const state = { nowMs: 0, cpuMs: 0, shareRatio }
  const edges = {
    nowMs: () => {
      state.nowMs += 0.1
      state.cpuMs += 0.1 * state.shareRatio
      return state.nowMs
    },
    cpuMs: () => state.cpuMs,
    // a system wakes later than asked
    sleep: (ms: number) => {
      state.nowMs += ms + 0.3
    },
  }
  return { state, edges }
}

function burntWithin(ms: number, state: { nowMs: number; cpuMs: number }, slice: () => void): number {
  const [startMs, startCpuMs] = [state.nowMs, state.cpuMs]
  while (state.nowMs < startMs + ms) slice()
  return (state.cpuMs - startCpuMs) / (state.nowMs - startMs)
}

for (const loadRatio of [0.05, 0.3, 0.5, 0.9, 1])
  test(`burns ${loadRatio * 100} % of a core within 1 point over a second`, () => {
    const { state, edges } = core(1)
    const ratio = burntWithin(1000, state, createBurner({ loadRatio, ...edges }))
    assert.ok(Math.abs(ratio - loadRatio) < 0.01, `${ratio}`)
  })

test('makes up for what others took, as long as its share can be had at all', () => {
  const { state, edges } = core(0.6)
  const ratio = burntWithin(5000, state, createBurner({ loadRatio: 0.5, ...edges }))
  assert.ok(Math.abs(ratio - 0.5) < 0.02, `${ratio}`)
})

test('a burner that was starved for ten seconds makes up for no more than what is owed at most', () => {
  const { state, edges } = core(0)
  const slice = createBurner({ loadRatio: 0.2, ...edges })
  burntWithin(10_000, state, slice)
  state.shareRatio = 1
  const before = state.cpuMs
  burntWithin(2000, state, slice)
  assert.ok(state.cpuMs - before < 0.2 * 2000 + MOST_OWED_MS + 10, `${state.cpuMs - before}`)
})
