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
import {
  answeredObjective,
  comparisonRecord,
  GOOD_INSTRUMENT,
  latencyObjective,
  meanObjective,
  SELDOM,
} from './testing/record.ts'

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
    'all-answered share': 'no-regression',
    'soon latency': 'no-regression',
    'soon share': 'no-regression',
  })
})

const WORSE: readonly (readonly [
  what: string,
  given: Parameters<typeof comparisonRecord>[0],
  figures: readonly string[],
])[] = [
  ['5 % more CPU time', { head: { cpuSeconds: 0.525 } }, ['cpu-per-request cpu']],
  ['a latency 10 % higher', { head: { latencyMs: 22 } }, ['soon latency']],
  ['a tail: one in ten too slow, the rest as before', { head: { slow: () => 10 } }, ['soon share']],
  [
    'one in ten not answered',
    { head: { bad: () => 10 }, objectives: [answeredObjective] },
    ['all-answered share', 'answered share'],
  ],
  [
    'errors, cheap and quick, where nothing is promised but a mean',
    { head: { bad: () => 90, cpuSeconds: 0.1 }, objectives: [meanObjective] },
    ['all-answered share', 'mean share'],
  ],
  [
    'errors, cheap and quick, where nothing promised can be compared',
    { head: { bad: () => 100, cpuSeconds: 0.1 }, objectives: [{ ...answeredObjective, evidence: 'census' }] },
    ['all-answered share'],
  ],
  [
    'errors of the seldom request of which a mean is promised',
    { head: { seldomBad: () => 1 }, objectives: [{ ...meanObjective, total: SELDOM }] },
    ['mean share'],
  ],
]
for (const [what, given, figures] of WORSE)
  test(`${what} in the head is a regression of that figure and of the whole`, () => {
    const comparison = judged(given)
    assert.deepEqual([comparison.verdict, comparison.exitCode], ['regression', EXIT.violated.code])
    const verdicts = Object.entries(verdictsOf(comparison))
    const worse = verdicts.filter(([, verdict]) => verdict === 'regression').map(([figure]) => figure)
    assert.deepEqual(worse, figures)
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
  // 21 of 30 pairs are dearer: 0.021 by the sign test, 23 would be 0.003 ≤ 0.025 ÷ 4
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

test('CPU time that was read of other processes in the head is not compared', () => {
  const { base } = comparisonRecord().sides
  const sides = { base: { ...base, processes: ['worker', 'front'] } }
  const comparison = judged({ head: { cpuSeconds: 0.3 }, sides })
  assert.ok(!('cpu-per-request cpu' in verdictsOf(comparison)))
  assert.deepEqual(comparison.leftOut, [
    'CPU time, as it was read of front and worker in the base and of front in the head',
  ])
  const head = { ...base, processes: ['front', 'worker', 'worker'] }
  assert.deepEqual(judged({ sides: { ...sides, head } }).leftOut, [], 'their order and number tell nothing')
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

/** Of CPU time that so many pairs do not have. */
function judgedWithout(lost: number, given: Parameters<typeof comparisonRecord>[0] = {}): Comparison {
  const record = comparisonRecord(given)
  const blocks = record.blocks.map((block) => ({
    ...block,
    cpuSeconds: block.pair !== null && block.pair < lost ? null : block.cpuSeconds,
  }))
  return judgeComparison({ ...record, blocks })
}

test('a few pairs less are said, and leave the verdict be', () => {
  const { verdict, objectives } = judgedWithout(3)
  assert.equal(verdict, 'no-regression')
  assert.deepEqual(
    objectives.flatMap(({ figures }) => figures.map(({ why }) => why)),
    ['It rests on 27 of 30 pairs.', '', '', ''],
  )
})

test('a comparison that was broken off decides nothing, however clear it looked, and says no other reason', () => {
  const given = { head: { cpuSeconds: 1, bad: () => 2 }, sides: { outcome: 'interrupted' } } as const
  const { verdict, exitCode, objectives } = judged(given)
  assert.deepEqual([verdict, exitCode], ['inconclusive', EXIT.stopped.code])
  for (const { why, needsPairs } of objectives.flatMap(({ figures }) => figures)) {
    assert.match(why, /^[^;]+ changed by something between [^;]+; up to [^;]+ is no regression\.$/)
    assert.equal(needsPairs, null)
  }
})

test('what no regression was found in is counted, whether the plan asked for it or not', () => {
  assert.equal(judged().why, 'None of the 3 that were compared is worse in the head than in the base.')
})

test('a mean is compared by its good answers, and by how many there are', () => {
  assert.deepEqual(verdictsOf(judged({ objectives: [meanObjective] })), {
    'cpu-per-request cpu': 'no-regression',
    'all-answered share': 'no-regression',
    'mean latency': 'no-regression',
    'mean share': 'no-regression',
  })
})

test('a plan of which nothing required can be compared is not decided by answers alone', () => {
  const { base, head } = comparisonRecord().sides
  const silent = { base: { ...base, processes: [] }, head: { ...head, processes: [] } }
  const objectives = [{ ...latencyObjective, advisory: true }]
  assert.equal(judged({ objectives, sides: silent }).verdict, 'inconclusive')
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

for (const [instrument, said] of [
  [{ startLatenessP99Ms: 20 }, 'One iteration of a hundred started 20 ms late or later; 15 ms may be.'],
  [
    { startLatenessP99Ms: 20, misplaced: 2 },
    'One iteration of a hundred started 20 ms late or later; 15 ms may be. 2 started so late that the other side had its turn.',
  ],
  [{ misplaced: 1 }, '1 started so late that the other side had its turn.'],
] as const)
  test(`late starts are told in a sentence: ${said}`, () => {
    const { findings } = judged({ sides: { instrument: { ...GOOD_INSTRUMENT, ...instrument } } })
    assert.equal(findings[0]?.why, said)
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
