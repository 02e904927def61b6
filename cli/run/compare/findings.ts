import {
  type ComparedBlock,
  type ComparisonFinding,
  list,
  type Plan,
  type Sides,
} from '../../../reports/run/index.ts'
import { MOST_LOST_RATIO } from './figures.ts'

/** A start that is later than this is the generator's fault (JUDGING, rule 9). */
const LATE = { leastMs: 10, ofSmallestObjective: 0.05 } as const
/** CONTRACTS, "Names, time, files". */
const CLOCK_STEP_MS = 50

/** What spoils a comparison as a whole: then nothing is said about the builds. */
export function findingsOf(sides: Sides, blocks: readonly ComparedBlock[], plan: Plan): ComparisonFinding[] {
  const { instrument } = sides
  const lost = lostPairs(sides, blocks)
  const limitMs = lateLimitMs(plan)
  const p99Ms = instrument.startLatenessP99Ms ?? 0
  const lines: readonly (readonly [spoilt: boolean, finding: ComparisonFinding])[] = [
    [
      instrument.iterations.completed === 0,
      {
        kind: 'no-iteration-completed',
        why: `No iteration came to its end: ${instrument.firstException ?? 'k6 told no reason'}.`,
        hint: 'try the journey alone with gauntlet run',
      },
    ],
    [
      instrument.unreadableRows > 0,
      {
        kind: 'stream-unreadable',
        why: `${instrument.unreadableRows} of ${instrument.rows} rows of the sample stream were not readable.`,
        hint: 'compare again; if it stays, the version of k6 is not one that we know',
      },
    ],
    [
      instrument.gaps.length > 0,
      {
        kind: 'stream-gap',
        why: `The sample stream was silent in seconds ${list(instrument.gaps.map(gapInWords))}.`,
        hint: 'leave the machine alone while it compares',
      },
    ],
    [
      p99Ms > limitMs || instrument.misplaced > 0,
      {
        kind: 'late-starts',
        why: `1 % of iterations started at least ${p99Ms.toFixed(1)} ms late, ${instrument.misplaced} in the other side's turn; ${limitMs} ms are allowed.`,
        hint: 'the load generator had too little CPU: lower the rate, or leave the machine alone',
      },
    ],
    [
      lost > sides.schedule.pairs * MOST_LOST_RATIO,
      {
        kind: 'blocks-lost',
        why: `${lost} of ${sides.schedule.pairs} pairs were not measured on both sides.`,
        hint: 'leave the machine alone while it compares, or take longer blocks with --block',
      },
    ],
    [
      instrument.clockStepMs > CLOCK_STEP_MS,
      {
        kind: 'clock-stepped',
        why: `The system's clock stepped by ${Math.round(instrument.clockStepMs)} ms.`,
        hint: 'compare again once the clock is set',
      },
    ],
    [
      instrument.changes.length > 0,
      {
        kind: 'target-changed',
        why: `The targets changed meanwhile: ${list(instrument.changes)}.`,
        hint: 'compare builds that stay up under this load; gauntlet run shows why one does not',
      },
    ],
  ]
  return lines.filter(([spoilt]) => spoilt).map(([, finding]) => finding)
}

function lateLimitMs({ objectives }: Plan): number {
  const limitsMs = objectives.flatMap(({ good }) => good?.withinMs ?? [])
  return Math.max(LATE.leastMs, LATE.ofSmallestObjective * Math.min(...limitsMs, Number.MAX_VALUE / 2))
}

/** Pairs of which a block is missing, or its CPU time where that is read. */
function lostPairs({ schedule, base, head }: Sides, blocks: readonly ComparedBlock[]): number {
  const hasCpu = base.processes.length > 0 && head.processes.length > 0
  const whole = blocks.filter(({ pair, cpuSeconds }) => pair !== null && !(hasCpu && cpuSeconds === null))
  const counts = new Map<number, number>()
  for (const { pair } of whole) if (pair !== null) counts.set(pair, (counts.get(pair) ?? 0) + 1)
  return schedule.pairs - [...counts.values()].filter((count) => count === 2).length
}

const gapInWords = ({ fromSecond, toSecond }: { fromSecond: number; toSecond: number }): string =>
  fromSecond === toSecond ? `${fromSecond}` : `${fromSecond} to ${toSecond}`
