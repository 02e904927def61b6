import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Compile } from 'typebox/compile'
import { Verdict } from '../../reports/run/index.ts'
import { encodeVerdict } from './encode.ts'
import { judge } from './judge.ts'
import { ordersOf, PLAN, runWith, SEARCH, steadyLoad, visits } from './testing/run.ts'

const bytes = (changes: Parameters<typeof runWith>[0] = {}): string => encodeVerdict(judge(runWith(changes)))

test('a verdict has the shape of its schema, met or not', () => {
  const shape = Compile(Verdict)
  for (const verdict of [judge(runWith()), judge(runWith({ load: [], acks: [], complete: false }))])
    assert.deepEqual(shape.Errors(verdict), [])
})

test('the same record gives the same bytes in another time zone', () => {
  const before = process.env['TZ']
  const here = bytes()
  process.env['TZ'] = 'Pacific/Kiritimati'
  const there = bytes()
  if (before === undefined) delete process.env['TZ']
  else process.env['TZ'] = before
  assert.equal(there, here)
})

test('neither the order of the plan nor of the lines shows in the bytes', () => {
  const plan = { ...PLAN, objectives: PLAN.objectives.toReversed() }
  assert.equal(bytes({ plan, load: steadyLoad({}).toReversed() }), bytes())
})

test('numbers that are not counts have six significant digits', () => {
  for (const [number] of bytes().matchAll(/\d+\.\d+/g))
    assert.equal(Number(number), Number(Number(number).toPrecision(6)))
})

/** The keys of each object in a document, however deep. */
function keysOf(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return []
  const inner = Object.values(value).flatMap(keysOf)
  return Array.isArray(value) ? inner : [Object.keys(value), ...inner]
}

test('keys are sorted, however deep they lie', () => {
  const objects = keysOf(JSON.parse(bytes()))
  assert.ok(objects.length > 20)
  for (const keys of objects) assert.deepEqual(keys, keys.toSorted())
})

test('one count changed in the load changes the verdict', () => {
  const load = steadyLoad({})
  const [first] = load
  const tampered = { ...first!, series: first!.series.map((one) => ({ ...one, count: one.count + 1 })) }
  assert.notEqual(bytes({ load: [tampered, ...load.slice(1)] }), bytes())
})

test('no data is never met, whatever is missing', () =>
  fc.assert(
    fc.property(fc.subarray(['load', 'acks', 'audits'] as const, { minLength: 1 }), (missing) => {
      const nothing = Object.fromEntries(missing.map((file) => [file, []]))
      assert.notEqual(judge(runWith(nothing)).verdict, 'met')
    }),
    { numRuns: 20 },
  ))

test('a run that is not complete is never met', () =>
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 95 }), (seconds) => {
      const record = runWith({ complete: false, load: steadyLoad({ seconds }) })
      assert.ok(judge(record).objectives.every(({ verdict }) => verdict === 'inconclusive'))
    }),
    { numRuns: 20 },
  ))

test('met, inconclusive and violated follow each other as a search gets slower, and the figure agrees', () => {
  const order = ['met', 'inconclusive', 'violated']
  const verdicts = Array.from(
    { length: 12 },
    (_, slow) => judge(runWith({ load: steadyLoad({ slow }) }), [SEARCH]).objectives[0]!,
  )
  const ranks = verdicts.map(({ verdict }) => order.indexOf(verdict))
  assert.deepEqual(ranks, ranks.toSorted())
  for (const { verdict, low, high, limit } of verdicts) {
    assert.equal(verdict === 'met', high !== null && high <= limit)
    assert.equal(verdict === 'violated', low !== null && low > limit)
  }
})

test('as many requests as take the limit to the millisecond are kept within it', () => {
  const load = steadyLoad({ slow: 0 }).map((one) => ({
    ...one,
    series: one.series.map((old) => ({ ...old, over: { '90': 0 } })),
  }))
  const [search] = judge(runWith({ load }), [
    { ...SEARCH, good: { measure: 'request', withinMs: 90 } },
  ]).objectives
  assert.deepEqual([search?.verdict, search?.high], ['met', 90])
})

const pageOf = (found: readonly (number | string)[]) =>
  judge(runWith({ audits: visits(found) })).objectives.find(({ name }) => name === 'page')

test('one of nine visits without figures is said and bad, and the page is met by the others', () => {
  const page = pageOf([900, 910, 920, 'crashed', 930, 940, 950, 960, 970])
  const found = [page?.verdict, page?.events, page?.bad, page?.why]
  assert.deepEqual(found, ['met', 9, 1, '1 of 9 visits gave no figures: crashed'])
})

test('a page that fails every other visit is not met by the visits that succeed', () => {
  const page = pageOf(Array.from({ length: 12 }, (_, n) => (n % 2 === 0 ? 900 : 'net::ERR_TIMED_OUT')))
  assert.deepEqual([page?.verdict, page?.events, page?.bad], ['inconclusive', 12, 6])
})

test('an order acknowledged twice is one order', () => {
  const { acks, facts } = ordersOf()
  const [lost] = judge(runWith({ acks: [...acks, ...acks], facts })).objectives.filter(
    ({ name }) => name === 'lost',
  )
  assert.equal(lost?.events, 950)
})

test('an order acknowledged again later is timed from its first acknowledgement', () => {
  const { acks, facts } = ordersOf(() => ({ doneAfterMs: 90_000, effects: 1 }))
  const again = acks.map((ack) => ({ ...ack, atUs: ack.atUs + 80_000_000 }))
  const done = judge(runWith({ acks: [...acks, ...again], facts })).objectives.find(
    ({ name }) => name === 'done',
  )
  assert.deepEqual([done?.verdict, done?.value], ['violated', 90_000])
})
