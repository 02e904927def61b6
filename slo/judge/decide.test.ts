import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LoadSecond, PlannedObjective } from '../../reports/run/index.ts'
import { sampleOf } from '../sources/index.ts'
import { allowedRatio, decide } from './decide.ts'
import { ALPHA } from './statistics/bad-ratio.ts'
import { mulberry32 } from './statistics/mulberry32.ts'
import { AVAILABLE, runWith, SEARCH, second } from './testing/run.ts'

interface Seen {
  readonly objective?: PlannedObjective
  readonly load: LoadSecond[]
  readonly faulted?: boolean
}

/** What is said of one phase of 60 s. */
function said({ objective = SEARCH, load, faulted = false }: Seen): string {
  const window = { phase: 'one', fromSecond: 0, toSecond: load.length, delayed: false, faulted }
  const { kept, broken, independence } = decide(
    sampleOf(objective, runWith({ load }), [window]),
    allowedRatio(objective),
    objective.good?.withinMs,
  )
  const word = kept ? 'met' : broken(ALPHA) ? 'violated' : 'inconclusive'
  return independence?.refusal ? `${word}: ${independence.refusal}` : word
}

/** A hundred requests in each of 60 seconds: their times in ms. */
const minute = (times: (second: number) => number[]): LoadSecond[] =>
  Array.from({ length: 60 }, (_, n) => second(n, { latenciesMs: times(n) }))
const hundred = (ms: (n: number) => number): number[] => Array.from({ length: 100 }, (_, n) => ms(n))

/** Quick at one second, nearly as slow as `slowMs` half a minute later, and back. */
const wander = (slowMs: number): LoadSecond[] =>
  minute((n) => hundred((k) => slowMs * (0.55 + 0.4 * Math.sin((n / 60) * Math.PI)) * (0.95 + k / 2000)))

test('a wander that comes near the limit and not over it is no proof that it never will', () => {
  assert.equal(
    said({ load: wander(300) }),
    'inconclusive: Its events hang together over longer than this run can show.',
  )
})

test('the same wander a tenth of the limit high is', () => assert.equal(said({ load: wander(25) }), 'met'))

const outage = (seconds: number, outcome: 'bad' | 'timeout' = 'timeout'): LoadSecond[] =>
  minute(() => hundred(() => 90)).map((one, n) =>
    n >= 20 && n < 20 + seconds ? second(n, { outcome, latenciesMs: hundred(() => 1000) }) : one,
  )

test('one outage of 5 s in a minute breaks 99.9 %, however much its events hang together', () => {
  assert.match(said({ objective: AVAILABLE, load: outage(5) }), /^violated/)
})

test('one outage of 5 s that came by chance does not show that more than 5 % will always be slow', () => {
  assert.match(said({ load: outage(5) }), /^inconclusive: Its events hang together over longer/)
})

test('where a fault caused it, the outage comes with the fault: 10 s of 60 break 1 %, and by chance they do not', () => {
  const strict = { ...AVAILABLE, targetRatio: 0.99 }
  assert.match(said({ objective: strict, load: outage(10), faulted: true }), /^violated/)
  assert.match(said({ objective: strict, load: outage(10) }), /^inconclusive/)
})

test('a minute that was bad throughout is broken, and one that was clean is met', () => {
  assert.equal(said({ objective: AVAILABLE, load: outage(60) }).split(':')[0], 'violated')
  assert.equal(said({ objective: AVAILABLE, load: outage(0) }), 'met')
})

test('fifteen clean seconds are too few, whatever the rate', () => {
  const load = minute(() => hundred(() => 90)).slice(0, 15)
  assert.match(said({ load }), /^inconclusive: There are too few seconds/)
})

test('slow requests in every second alike decide as independent ones do', () => {
  const random = mulberry32(3)
  const slow = (share: number) => minute(() => hundred(() => (random() < share ? 400 : 90)))
  assert.equal(said({ load: slow(0.02) }), 'met')
  assert.equal(said({ load: slow(0.08) }), 'violated')
  assert.match(said({ load: slow(0.05) }), /^inconclusive/)
})

test('slow requests in bursts of a whole second decide later: a few of them are chance', () => {
  const burst = minute((n) => hundred(() => ([7, 19, 23, 41, 52].includes(n) ? 400 : 90)))
  assert.match(said({ load: burst }), /^inconclusive/)
})
