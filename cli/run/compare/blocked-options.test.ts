import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RECORDED_PLAN } from '../testing/recorded.ts'
import { blockedOptions, sideLoad } from './blocked-options.ts'
import { blocksOf, drawSchedule, lengthMs } from './schedule.ts'

const schedule = drawSchedule({ seed: 1, pairs: 30, blockMs: 900 })
const planned = RECORDED_PLAN.load[0]!
const environments = { base: { GAUNTLET_URL_SHOP: 'http://a' }, head: { GAUNTLET_URL_SHOP: 'http://b' } }
const loads = (['base', 'head'] as const).map(
  (side) => sideLoad(side, { ...planned, environment: environments[side] })!,
)
const { scenarios } = blockedOptions(loads, schedule)

const stagesOf = (side: string) => scenarios[`${planned.name}-${side}`]?.stages ?? []
const ms = (duration: string): number => Number(duration.slice(0, -2)) || 0

/** The rate of a side in the middle of each block's load; a stage of no length jumps. */
function rateAt(side: string, atMs: number): number {
  let endMs = 0
  for (const { duration, target } of stagesOf(side)) {
    endMs += duration === '0s' ? 0 : ms(duration)
    if (atMs < endMs) return target
  }
  return Number.NaN
}

test('in each block its side has the full rate of the plan, and the other one none', () => {
  const { executor } = planned
  assert.equal(executor.kind, 'constant-arrival-rate')
  for (const { index, side } of blocksOf(schedule)) {
    const middleMs = index * schedule.blockMs + schedule.loadMs / 2
    const other = side === 'base' ? 'head' : 'base'
    assert.ok(rateAt(side, middleMs) > 0)
    assert.equal(rateAt(other, middleMs), 0)
    assert.equal(rateAt(side, (index + 1) * schedule.blockMs - 1), 0, 'nothing is sent in the rest')
  }
})

test('both sides last as long as the comparison, to the millisecond', () => {
  for (const side of ['base', 'head']) {
    const length = stagesOf(side).reduce(
      (sum, { duration }) => sum + (duration === '0s' ? 0 : ms(duration)),
      0,
    )
    assert.equal(length, lengthMs(schedule))
  }
})

test('each side has its own address, and the same virtual users', () => {
  const [base, head] = Object.values(scenarios)
  assert.deepEqual([base?.env, head?.env], [environments.base, environments.head])
  assert.equal(base?.preAllocatedVUs, head?.preAllocatedVUs)
})
