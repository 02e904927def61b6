import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { GauntletError, parseRecord, type Verdict } from '../../reports/run/index.ts'
import { judge } from './judge.ts'

const MET = join(import.meta.dirname, '../../reports/golden/verify-short-met')
const HEADS = ['run.json', 'plan.json']
const EVIDENCE = [
  'journal.ndjson',
  ...['load', 'acks', 'facts', 'audits'].map((name) => `evidence/${name}.ndjson`),
  'evidence/instrument.json',
]

const texts = new Map(
  [...HEADS, ...EVIDENCE]
    .filter((path) => existsSync(join(MET, path)))
    .map((path) => [path, readFileSync(join(MET, path), 'utf8')] as const),
)
const files = [...texts.keys()].filter((path) => !HEADS.includes(path))

/** The verdict over the recorded run with one file changed. */
function judged(path: string, text: string, complete: boolean): Verdict {
  return judge(parseRecord(new Map([...texts, [path, text]]), complete))
}

const cut = fc.record({ path: fc.constantFrom(...files), at: fc.double({ min: 0, max: 1, noNaN: true }) })

test('the recorded run is met, as long as nobody damages it', () => {
  assert.equal(judge(parseRecord(texts, true)).verdict, 'met')
})

test('a file cut at any byte, without the index: the run crashed, nothing is met and nothing breaks', () =>
  fc.assert(
    fc.property(cut, ({ path, at }) => {
      const text = texts.get(path) ?? ''
      const verdict = judged(path, text.slice(0, Math.floor(at * text.length)), false)
      assert.deepEqual([verdict.verdict, verdict.outcome, verdict.exitCode], ['inconclusive', 'crashed', 20])
    }),
    { numRuns: 60 },
  ))

/** The nearest place at or after this one that has a part of its line on both sides; else the first of all. */
function withinLine(text: string, from: number): number {
  const places = Array.from({ length: 400 }, (_, n) => from + n)
  const isWithin = (at: number): boolean =>
    at > 0 && at < text.length && !text.slice(at - 1, at + 1).includes('\n')
  return places.find(isWithin) ?? 1
}

test('a file cut within a line, its sums made anew: what cannot be read makes the run invalid, or undecided', () =>
  fc.assert(
    fc.property(cut, ({ path, at }) => {
      const text = texts.get(path) ?? ''
      const length = withinLine(text, Math.floor(at * text.length))
      assert.notEqual(judged(path, text.slice(0, length), true).verdict, 'met')
    }),
    { numRuns: 60 },
  ))

for (const path of HEADS)
  test(`${path} cut at any byte is refused in words`, () =>
    fc.assert(
      fc.property(fc.nat({ max: (texts.get(path) ?? '').trimEnd().length - 1 }), (length) => {
        assert.throws(
          () => judged(path, (texts.get(path) ?? '').slice(0, length), true),
          (error) => error instanceof GauntletError && error.message.startsWith(path),
        )
      }),
      { numRuns: 30 },
    ))

const nonsense = fc.constantFrom(
  '1e999',
  '-1e999',
  'null',
  '-1',
  '"NaN"',
  '0.5',
  '99999999999999999999',
  '{}',
)

test('a number turned into nonsense anywhere neither breaks the judge nor is met by what it spoilt', () =>
  fc.assert(
    fc.property(fc.constantFrom(...files), fc.nat(), nonsense, (path, nth, value) => {
      const text = texts.get(path) ?? ''
      const numbers = [...text.matchAll(/(?<=[:,[])-?\d+(\.\d+)?(?=[,}\]])/g)]
      const found = numbers[nth % Math.max(1, numbers.length)]
      fc.pre(found !== undefined)
      const changed = `${text.slice(0, found!.index)}${value}${text.slice(found!.index + found![0].length)}`
      const verdict = judged(path, changed, true)
      for (const { value: figure } of verdict.objectives)
        assert.ok(figure === null || Number.isFinite(figure))
      assert.ok(Number.isFinite(verdict.lengthMs ?? 0), String(verdict.lengthMs))
    }),
    { numRuns: 150, examples: [['evidence/load.ndjson', 0, '99999999999999999999']] },
  ))

test('a journal whose times jump, back or on, breaks nothing', () =>
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: -1e15, max: 1e15 }), (nth, byUs) => {
      const lines = (texts.get('journal.ndjson') ?? '').trimEnd().split('\n')
      const from = nth % lines.length
      const moved = lines.map((line, n) =>
        n < from ? line : line.replace(/"atUs":(\d+)/, (_, at) => `"atUs":${Math.max(0, Number(at) + byUs)}`),
      )
      const verdict = judged('journal.ndjson', `${moved.join('\n')}\n`, true)
      assert.ok(['met', 'violated', 'inconclusive', 'invalid'].includes(verdict.verdict))
    }),
    { numRuns: 60 },
  ))
