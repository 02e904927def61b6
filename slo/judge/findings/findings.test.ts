import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Instrument, RunRecord } from '../../../reports/run/index.ts'
import { judge } from '../judge.ts'
import { at, INSTRUMENT, JOURNAL, PLAN, runWith } from '../testing/run.ts'

type Second = NonNullable<Instrument['seconds']>[number]

const SOUND: Omit<Second, 'second'> = {
  ...{ starts: 100, lateStarts: 0, startLatenessP99Ms: 1, runQueueRatio: 0.01, lagMs: 200, clockStepMs: 0 },
}

/** A sound run of 95 s, but for these seconds. */
const seen = (change: (second: number) => Partial<Second>): Partial<RunRecord> => ({
  instrument: {
    ...INSTRUMENT,
    seconds: Array.from({ length: 95 }, (_, second) => ({ ...SOUND, ...change(second), second })),
  },
})
const inBaseline = (more: Partial<Second>) => (second: number) => (second < 44 ? more : {})
const at50 = (more: Partial<Second>) => (second: number) => (second === 50 ? more : {})

interface Case {
  readonly title: string
  readonly change: Partial<RunRecord>
  /** kinds of the findings */
  readonly found: readonly string[]
  /** objectives that are spoilt by them */
  readonly spoilt: readonly string[]
  readonly why?: RegExp
}

const CART = {
  total: { measure: 'metric', name: 'items' },
  good: { measure: 'metric', name: 'items', limit: { op: 'lte', value: 3 } },
} as const

const STREAM = ['available', 'done', 'lost', 'search', 'twice']

const cases: readonly Case[] = [
  { title: 'nothing to find in a sound run', change: seen(() => ({})), found: [], spoilt: [] },
  {
    title: 'three late starts in a hundred of baseline spoil what was asked of baseline, and no census',
    change: seen(inBaseline({ lateStarts: 3 })),
    ...{ found: ['late-starts'], spoilt: ['available', 'done', 'search'] },
    why: /^3 % of the iterations of the phase "baseline" started more than 15 ms late/,
  },
  {
    title: 'items in a cart make no start late: the limit of a metric is no latency',
    change: {
      ...seen(inBaseline({ lateStarts: 3 })),
      plan: {
        ...PLAN,
        objectives: PLAN.objectives.map((one) => (one.name === 'available' ? { ...one, ...CART } : one)),
        thresholdsMs: [3, 300],
      },
    },
    ...{ found: ['late-starts'], spoilt: ['available', 'done', 'search'] },
    why: /started more than 15 ms late/,
  },
  {
    title: 'one late start in a hundred is what may be',
    ...{ change: seen(inBaseline({ lateStarts: 1 })), found: [], spoilt: [] },
  },
  {
    title: 'hiccups in four seconds, 2 % of baseline, are no starvation',
    change: seen((second) => ([7, 10, 11, 12].includes(second) ? { lateStarts: 25 } : {})),
    ...{ found: [], spoilt: [] },
  },
  {
    title: 'a generator that stood still for three seconds is late beyond doubt',
    change: seen((second) => (second > 9 && second < 13 ? { lateStarts: 100 } : {})),
    ...{ found: ['late-starts'], spoilt: ['available', 'done', 'search'] },
  },
  {
    title: 'what is too much for a phase may be little for the run',
    ...{ change: seen(inBaseline({ lateStarts: 2 })), found: [], spoilt: [] },
  },
  {
    title: 'one bad second of a phase is not the phase',
    ...{ change: seen(at50({ lateStarts: 30 })), found: [], spoilt: [] },
  },
  {
    title: 'a generator that waits half of the time of both processors is starved',
    change: seen(inBaseline({ runQueueRatio: 1 })),
    ...{ found: ['generator-starved'], spoilt: ['available', 'done', 'search'] },
    why: /waited 50 % of the phase "baseline" for a processor; 20 % may be/,
  },
  {
    title: 'a wait that nobody could read is no wait',
    ...{ change: seen(inBaseline({ runQueueRatio: null })), found: [], spoilt: [] },
  },
  {
    title: 'a step of the clock spoils everything, pages too',
    change: seen(at50({ clockStepMs: -3000 })),
    ...{ found: ['clock-stepped'], spoilt: [...STREAM, 'page'] },
    why: /set back by 3 s at 0:50/,
  },
  {
    title: 'a drift of 50 ms is no step',
    ...{ change: seen(at50({ clockStepMs: 50 })), found: [], spoilt: [] },
  },
  {
    title: 'reading that falls behind by more than 5 s spoils all that came through the stream',
    change: seen(at50({ lagMs: 5001 })),
    ...{ found: ['stream-behind'], spoilt: STREAM },
  },
  {
    title: 'a target that changed its version under the run spoils everything',
    change: {
      journal: [
        at(-100, { kind: 'target-ready', name: 'shop', version: '1' }),
        ...JOURNAL,
        at(96_000, { kind: 'target-seen-last', version: '2' }),
      ],
    },
    ...{ found: ['target-changed'], spoilt: [...STREAM, 'page'] },
    why: /version 1 at the start and 2 at the end/,
  },
]

for (const { title, change, found, spoilt, why } of cases)
  test(title, () => {
    const verdict = judge(runWith(change))
    assert.deepEqual(
      verdict.findings.map(({ kind }) => kind),
      found,
    )
    const tainted = verdict.objectives.filter(({ taintedBy }) => taintedBy.length > 0)
    assert.deepEqual(
      tainted.map(({ name }) => name),
      spoilt.toSorted(),
    )
    assert.equal(verdict.verdict === 'invalid', spoilt.length > 0)
    if (why !== undefined) assert.match(verdict.findings[0]?.why ?? '', why)
  })
