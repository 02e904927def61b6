import assert from 'node:assert/strict'
import { test } from 'node:test'
import { noFigures } from './figures.ts'
import { runVisits } from './run-visits.ts'
import type { AuditRequest, PageFigures } from './visit-protocol.ts'

const GOOD: PageFigures = { metrics: {}, benchmarkIndex: 1000, error: null, lighthouseResult: null }
const BAD = noFigures('NO_FCP: nothing was painted')

const request: AuditRequest = {
  url: 'http://127.0.0.1:20000/',
  preset: 'desktop',
  visits: 3,
  enoughVisits: 3,
  visitTimeoutMs: 20_000,
  untilUs: 100_000_000,
  browserPath: 'chrome',
  scratch: 'scratch',
}

/** Runs on a clock on which a visit takes 10 s; tells the visits printed and the time each one got. */
async function visitsOf(answers: (visit: number) => PageFigures, part: Partial<AuditRequest> = {}) {
  const stopping = new AbortController()
  const printed: { visit: number; atUs: number; error: string | null }[] = []
  const limitsMs: number[] = []
  let nowUs = 0
  await runVisits(
    { ...request, ...part },
    {
      signal: stopping.signal,
      nowUs: () => nowUs,
      visit: async (timeoutMs) => {
        nowUs += 10_000_000
        limitsMs.push(timeoutMs)
        const figures = answers(limitsMs.length)
        if (figures.error === 'stopped') stopping.abort()
        return figures
      },
      print: ({ visit, atUs, error }) => printed.push({ visit, atUs, error }),
    },
  )
  return { printed, limitsMs }
}

test('ends as soon as so many visits have succeeded as were planned', async () => {
  const { printed } = await visitsOf(() => GOOD)
  assert.deepEqual(
    printed.map(({ visit, atUs }) => [visit, atUs]),
    [
      [1, 0],
      [2, 10_000_000],
      [3, 20_000_000],
    ],
  )
})

test('makes a further visit for each one that failed', async () => {
  const { printed } = await visitsOf((visit) => (visit === 2 ? BAD : GOOD))
  assert.deepEqual(
    printed.map(({ error }) => error === null),
    [true, false, true, true],
  )
})

test('visits a page that always fails twice as often as planned and no more', async () => {
  const { printed } = await visitsOf(() => BAD)
  assert.equal(printed.length, 6)
})

test('goes on past the planned visits when more are wanted', async () => {
  const { printed } = await visitsOf((visit) => (visit === 2 ? BAD : GOOD), { visits: 2, enoughVisits: 5 })
  assert.deepEqual(
    printed.map(({ visit, error }) => [visit, error === null]),
    [
      [1, true],
      [2, false],
      [3, true],
      [4, true],
      [5, true],
      [6, true],
    ],
  )
})

test('gives the last visit only what is left of the phase and begins none in its last 5 s', async () => {
  const { limitsMs } = await visitsOf(() => BAD, { untilUs: 24_000_000 })
  assert.deepEqual(limitsMs, [20_000, 14_000])
})

test('prints nothing of a visit that was stopped', async () => {
  const { printed } = await visitsOf((visit) => (visit === 2 ? noFigures('stopped') : GOOD))
  assert.equal(printed.length, 1)
})
