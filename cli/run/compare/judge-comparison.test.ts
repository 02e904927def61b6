import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Compile } from 'typebox/compile'
import {
  Comparison,
  type ComparisonFinding,
  EXIT,
  type PlannedObjective,
  type Sides,
} from '../../../reports/run/index.ts'
import { judgeComparison } from './judge-comparison.ts'
import { answeredObjective, comparisonRecord, GOOD_INSTRUMENT, latencyObjective } from './testing/record.ts'

const isComparison = Compile(Comparison)
const judged = (...given: Parameters<typeof comparisonRecord>): Comparison => {
  const comparison = judgeComparison(comparisonRecord(...given))
  assert.deepEqual([...isComparison.Errors(comparison)], [])
  return comparison
}
const verdictsOf = ({ objectives }: Comparison): Record<string, string> =>
  Object.fromEntries(
    objectives.flatMap(({ name, figures }) =>
      figures.map(({ what, verdict }) => [`${name} ${what}`, verdict]),
    ),
  )

test('two alike are no regression in anything, though the machine was now fast and now slow', () => {
  const comparison = judged()
  assert.deepEqual([comparison.verdict, comparison.exitCode], ['no-regression', EXIT.met.code])
  assert.deepEqual(verdictsOf(comparison), {
    'cpu-per-request cpu': 'no-regression',
    'soon latency': 'no-regression',
    'soon share': 'no-regression',
  })
})

const WORSE: readonly (readonly [
  what: string,
  given: Parameters<typeof comparisonRecord>[0],
  figure: string,
])[] = [
  ['5 % more CPU time', { head: { cpuSeconds: 0.525 } }, 'cpu-per-request cpu'],
  ['a latency 10 % higher', { head: { latencyMs: 22 } }, 'soon latency'],
  ['a tail: one in ten too slow, the rest as before', { head: { bad: () => 10 } }, 'soon share'],
  ['one in ten not answered', { head: { bad: () => 10 }, objectives: [answeredObjective] }, 'answered share'],
]
for (const [what, given, figure] of WORSE)
  test(`${what} in the head is a regression of that figure and of the whole`, () => {
    const comparison = judged(given)
    assert.deepEqual([comparison.verdict, comparison.exitCode], ['regression', EXIT.violated.code])
    const regressions = Object.entries(verdictsOf(comparison)).filter(
      ([, verdict]) => verdict === 'regression',
    )
    assert.deepEqual(regressions, [[figure, 'regression']])
  })

test('whatever is worse in the base is no regression of the head', () => {
  const bad = { cpuSeconds: 0.6, latencyMs: 30, bad: () => 10 }
  assert.equal(judged({ base: bad }).verdict, 'no-regression')
})

test('2 % more CPU time is what is allowed: neither a regression nor none, and the pairs that would tell are named', () => {
  const [cpu] = judged({ head: { cpuSeconds: 0.5 * 1.0195 } }).objectives
  assert.equal(cpu?.verdict, 'inconclusive')
  assert.match(cpu?.figures[0]?.why ?? '', /^CPU time a request changed by something between/)
  assert.ok((cpu?.figures[0]?.needsPairs ?? 0) > 30)
})

test('bad ones that come in one burst are not taken for many: it decides nothing', () => {
  const burst = { bad: (index: number) => (index >= 40 && index < 46 ? 30 : 0) }
  const comparison = judged({ head: burst, objectives: [answeredObjective] })
  assert.equal(verdictsOf(comparison)['answered share'], 'inconclusive')
})

test('a figure that would be a regression alone, but not among the others, is inconclusive and says so', () => {
  const record = comparisonRecord()
  // 20 of 30 pairs are dearer: 0.049 by the sign test, 21 would be 0.021, 22 would be 0.008 ≤ 0.025 ÷ 3
  const dearer = (pair: number | null, side: string): boolean => side === 'head' && pair !== null && pair < 21
  const blocks = record.blocks.map((block) =>
    dearer(block.pair, block.side) ? { ...block, cpuSeconds: (block.cpuSeconds ?? 0) * 1.1 } : block,
  )
  const [figure] = judgeComparison({ ...record, blocks }).objectives[0]?.figures ?? []
  assert.equal(figure?.verdict, 'inconclusive')
  assert.ok((figure?.low ?? 0) > 0.02)
  assert.match(figure?.why ?? '', /Alone it would be one; among the others it is not sure enough\./)
  assert.ok((figure?.needsPairs ?? 0) > 30)
})

test('an advisory objective that is worse is shown and not counted', () => {
  const advisory: PlannedObjective = { ...latencyObjective, name: 'hint', advisory: true }
  const comparison = judged({ head: { latencyMs: 30 }, objectives: [answeredObjective, advisory] })
  assert.equal(verdictsOf(comparison)['hint latency'], 'regression')
  assert.equal(comparison.verdict, 'no-regression')
})

test('what cannot be compared in blocks is named and not counted', () => {
  const census: PlannedObjective = { ...answeredObjective, name: 'none-lost', evidence: 'census' }
  const { leftOut, objectives } = judged({ objectives: [census, latencyObjective] })
  assert.deepEqual(leftOut, ['objective none-lost, as its evidence is a census'])
  assert.ok(!objectives.some(({ name }) => name === 'none-lost'))
})

test('a side that tells no pids has no CPU time to compare, and the rest is compared', () => {
  const { base } = comparisonRecord().sides
  const comparison = judged({ sides: { base: { ...base, processes: [] } } })
  assert.deepEqual(comparison.leftOut, ['CPU time, as the base tells no pids of its processes'])
  assert.equal(comparison.verdict, 'no-regression')
})

test('CPU time that was read in too few pairs decides nothing', () => {
  const record = comparisonRecord()
  const blocks = record.blocks.map((block) => ({
    ...block,
    cpuSeconds: block.index % 5 === 0 ? null : block.cpuSeconds,
  }))
  const { verdict, objectives } = judgeComparison({ ...record, blocks })
  assert.equal(verdict, 'inconclusive')
  assert.match(objectives[0]?.figures[0]?.why ?? '', /^Only \d+ of 30 pairs have this figure\.$/)
})

test('a comparison that was broken off decides nothing, however clear it looked', () => {
  const { verdict, exitCode } = judged({ head: { cpuSeconds: 1 }, sides: { outcome: 'interrupted' } })
  assert.deepEqual([verdict, exitCode], ['inconclusive', EXIT.stopped.code])
})

test('a plan without anything to compare, on targets without pids, is inconclusive', () => {
  const { base, head } = comparisonRecord().sides
  const silent = { base: { ...base, processes: [] }, head: { ...head, processes: [] } }
  assert.equal(judged({ objectives: [], sides: silent }).verdict, 'inconclusive')
})

const SPOILT: readonly (readonly [ComparisonFinding['kind'], Partial<Sides['instrument']>])[] = [
  ['late-starts', { startLatenessP99Ms: 15.1 }],
  ['late-starts', { misplaced: 1 }],
  ['generator-starved', { waitRatio: 0.21 }],
  ['stream-gap', { gaps: [{ fromSecond: 7, toSecond: 8 }] }],
  ['stream-unreadable', { unreadableRows: 1 }],
  ['no-iteration-completed', { iterations: { completed: 0, dropped: 0, interrupted: 9, threw: 0 } }],
  ['clock-stepped', { clockStepMs: 51 }],
  ['target-changed', { changes: ['process front (4711) of the head ended'] }],
]
for (const [kind, instrument] of SPOILT)
  test(`${kind} makes a comparison invalid that would be good: ${JSON.stringify(instrument)}`, () => {
    const sides = { instrument: { ...GOOD_INSTRUMENT, ...instrument } }
    const { verdict, exitCode, findings } = judged({ sides })
    assert.deepEqual([verdict, exitCode], ['invalid', EXIT.invalid.code])
    assert.deepEqual(
      findings.map((one) => one.kind),
      [kind],
    )
  })

test('starts that are late by 5 % of the smallest limit are still on time', () => {
  const sides = { instrument: { ...GOOD_INSTRUMENT, startLatenessP99Ms: 15 } }
  assert.equal(judged({ sides }).verdict, 'no-regression')
})

test('a base that fails more often than not makes the comparison invalid, a head that does is worse', () => {
  const failing = { bad: () => 51 }
  assert.deepEqual(
    judged({ base: failing, head: failing }).findings.map(({ kind }) => kind),
    ['base-unanswered'],
  )
  assert.equal(judged({ head: failing }).verdict, 'regression')
})

test('blocks that left no trace in the stream make the comparison invalid when there are more than a tenth', () => {
  const record = comparisonRecord()
  const without = (pairs: number) => ({
    ...record,
    blocks: record.blocks.filter(({ side, pair }) => side === 'base' || pair === null || pair >= pairs),
  })
  assert.equal(judgeComparison(without(3)).verdict, 'no-regression')
  assert.deepEqual(
    judgeComparison(without(4)).findings.map(({ kind }) => kind),
    ['blocks-lost'],
  )
})
