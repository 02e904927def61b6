import {
  type ComparedBlock,
  type ComparisonFinding,
  count,
  duration,
  INSTRUMENT_LIMITS,
  latenessLimitMs,
  list,
  type Plan,
  percent,
  type Sides,
} from '../../../reports/run/index.ts'
import { MOST_LOST_RATIO } from './figures.ts'
import { countsOf, eventsOf } from './objective-figures.ts'

/** A base that fails more often than not is no measure. */
const FEWEST_GOOD_RATIO = 0.5

/** What spoils a comparison as a whole: then nothing is said about the builds. */
export function findingsOf(sides: Sides, blocks: readonly ComparedBlock[], plan: Plan): ComparisonFinding[] {
  const { instrument } = sides
  const lost = lostPairs(sides, blocks)
  const goodRatio = goodRatioOfBase(blocks)
  const limitMs = latenessLimitMs(plan.objectives)
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
      instrument.iterations.completed > 0 && goodRatio < FEWEST_GOOD_RATIO,
      {
        kind: 'base-unanswered',
        why: `The base answered ${percent(goodRatio)} of its requests well: nothing is worse than that.`,
        hint: 'see that the base works: gauntlet run with its plan',
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
        why: lateWords(instrument, limitMs),
        hint: 'the load generator had too little CPU: lower the rate, or leave the machine alone',
      },
    ],
    [
      (instrument.waitRatio ?? 0) > INSTRUMENT_LIMITS.waitRatio,
      {
        kind: 'generator-starved',
        why: `The load generator waited ${percent(instrument.waitRatio ?? 0)} of the time for a processor; ${percent(INSTRUMENT_LIMITS.waitRatio)} may be.`,
        hint: 'lower the rate, or leave the machine alone while it compares',
      },
    ],
    [
      lost > sides.schedule.pairs * MOST_LOST_RATIO,
      {
        kind: 'blocks-lost',
        why: `Of ${lost} of ${sides.schedule.pairs} pairs no request of one side was seen.`,
        hint: 'take longer blocks with --block, or a plan with a higher rate',
      },
    ],
    [
      instrument.clockStepMs > INSTRUMENT_LIMITS.stepMs,
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

function lateWords({ startLatenessP99Ms, misplaced }: Sides['instrument'], limitMs: number): string {
  const p99Ms = startLatenessP99Ms ?? 0
  const late = `One iteration of a hundred started ${duration(p99Ms)} late or later; ${duration(limitMs)} may be.`
  const turn = `${count(misplaced)} started so late that the other side had its turn.`
  return [...(p99Ms > limitMs ? [late] : []), ...(misplaced > 0 ? [turn] : [])].join(' ')
}

function goodRatioOfBase(blocks: readonly ComparedBlock[]): number {
  const series = blocks.filter(({ side }) => side === 'base').flatMap((block) => block.series)
  const { events, bad } = countsOf(eventsOf(series))
  return events === 0 ? 0 : 1 - bad / events
}

/** Pairs of which a block left no trace in the stream. */
function lostPairs({ schedule }: Sides, blocks: readonly ComparedBlock[]): number {
  const seen = blocks.flatMap(({ pair }) => pair ?? [])
  const whole = new Set(seen.filter((pair, n) => seen.indexOf(pair) !== n))
  return schedule.pairs - whole.size
}

const gapInWords = ({ fromSecond, toSecond }: { fromSecond: number; toSecond: number }): string =>
  fromSecond === toSecond ? `${fromSecond}` : `${fromSecond} to ${toSecond}`
