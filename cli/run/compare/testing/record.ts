import type {
  ComparedBlock,
  LoadOutcome,
  LoadSeries,
  PlannedObjective,
  SideName,
  Sides,
} from '../../../../reports/run/index.ts'
import { Sketch } from '../../../../reports/sketch/index.ts'
import { RECORDED_PLAN } from '../../testing/recorded.ts'
import type { ComparisonRecord } from '../judge-comparison.ts'
import { blocksOf, drawSchedule } from '../schedule.ts'

/** What one side does in each of its blocks. */
export interface SideBehaviour {
  readonly cpuSeconds: number | null
  readonly latencyMs: number
  /** requests that are bad, of 100, in block `index` */
  bad(index: number): number
  /** requests that are good and too slow, of 100 */
  slow(index: number): number
  /** of the one seldom request */
  seldomBad(index: number): number
}

const GOOD: SideBehaviour = {
  cpuSeconds: 0.5,
  latencyMs: 20,
  bad: () => 0,
  slow: () => 0,
  seldomBad: () => 0,
}
const REQUESTS = 100
/** One in each block. */
export const SELDOM = { measure: 'request', name: 'seldom' } as const

/** The record of a comparison in which the sides differ as told, and neighbouring pairs by some per cent. */
export function comparisonRecord({
  base = {},
  head = {},
  objectives = [latencyObjective],
  sides = {},
}: {
  readonly base?: Partial<SideBehaviour>
  readonly head?: Partial<SideBehaviour>
  readonly objectives?: readonly PlannedObjective[]
  readonly sides?: Partial<Sides>
} = {}): ComparisonRecord {
  const schedule = drawSchedule({ seed: 1, pairs: 30, blockMs: 1_000 })
  const behaviours = { base: { ...GOOD, ...base }, head: { ...GOOD, ...head } }
  const blocks = blocksOf(schedule).map((block): ComparedBlock => {
    // the machine is fast and slow by turns, and each block has a little of its own
    const machine = 1 + ((block.pair ?? 0) % 5) / 2
    const own = 1 + (((block.index * 7) % 11) - 5) / 1_000
    return blockOf(block, behaviours[block.side], machine * own)
  })
  const side = (name: SideName) => ({
    given: `../${name}`,
    name: 'shop',
    version: name,
    processes: ['front'],
  })
  return {
    plan: { ...RECORDED_PLAN, objectives: [...objectives], thresholdsMs: [300] },
    blocks,
    sides: {
      schema: 'gauntlet/sides/1',
      run: '20261121-014530-k3f9',
      base: side('base'),
      head: side('head'),
      schedule,
      outcome: 'completed',
      leftOut: [],
      instrument: GOOD_INSTRUMENT,
      ...sides,
    },
  }
}

export const GOOD_INSTRUMENT: Sides['instrument'] = {
  rows: 10_000,
  unreadableRows: 0,
  gaps: [],
  misplaced: 0,
  startLatenessP99Ms: 2,
  waitRatio: 0.1,
  iterations: { completed: 6_000, dropped: 0, interrupted: 0, threw: 0 },
  clockStepMs: 0,
  firstException: null,
  changes: [],
}

function blockOf(
  { index, side, pair }: Pick<ComparedBlock, 'index' | 'side' | 'pair'>,
  { cpuSeconds, latencyMs, bad, slow, seldomBad }: SideBehaviour,
  factor: number,
): ComparedBlock {
  const badOnes = Math.min(REQUESTS, bad(index))
  return {
    schema: 'gauntlet/block/1',
    index,
    side,
    pair,
    cpuSeconds: cpuSeconds === null ? null : cpuSeconds * factor,
    answered: REQUESTS,
    series: [
      series('ok', REQUESTS - badOnes - slow(index), latencyMs * factor),
      series('bad', badOnes, latencyMs),
      series('ok', slow(index), SLOW_MS),
      { ...series(seldomBad(index) > 0 ? 'bad' : 'ok', 1, latencyMs), name: SELDOM.name },
    ].filter(({ count }) => count > 0),
  }
}

const SLOW_MS = 400

function series(outcome: LoadOutcome, count: number, middleMs: number): LoadSeries {
  const sketch = new Sketch()
  for (let n = 0; n < count; n += 1) sketch.record(middleMs * (0.5 + n / count))
  return {
    measure: 'request',
    scenario: 'browse',
    name: 'browse',
    outcome,
    count,
    over: { '300': middleMs >= SLOW_MS ? count : 0 },
    sketch: sketch.encode(),
  }
}

const objective = {
  advisory: false,
  phases: ['compared'],
  evidence: 'sample',
  total: { measure: 'request', name: 'browse' },
  noun: 'requests',
} as const

export const latencyObjective: PlannedObjective = {
  ...objective,
  name: 'soon',
  title: 'Soon',
  phases: ['compared'],
  good: { measure: 'request', name: 'browse', withinMs: 300 },
  targetRatio: 0.95,
  promised: 'p95 < 300 ms',
}

export const answeredObjective: PlannedObjective = {
  ...objective,
  name: 'answered',
  title: 'Answered',
  phases: ['compared'],
  good: { measure: 'request', name: 'browse', outcome: 'ok' },
  targetRatio: 0.99,
  promised: '99 %',
}

export const meanObjective: PlannedObjective = {
  ...objective,
  name: 'mean',
  title: 'Mean',
  phases: ['compared'],
  statistic: 'mean',
  limit: { op: 'lt', value: 200 },
  targetRatio: 0.95,
  promised: 'mean < 200 ms',
}
