import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { Compile } from 'typebox/compile'
import { LoadSecond, Plan, Run, type Verdict } from '../../../reports/run/index.ts'
import { EXAMPLE_SLO } from '../draft/judge-example.ts'
import { readSlos } from '../draft/judge-objectives.ts'
import { judgeResults } from './foreign.ts'
import type { Judgement } from './judge-again.ts'

const folder = mkdtempSync(join(tmpdir(), 'gauntlet-foreign-'))
after(() => rmSync(folder, { recursive: true }))

const write = (name: string, text: string | Buffer): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}
write('fast.slo.yaml', EXAMPLE_SLO)
const FAST = await readSlos(['fast.slo.yaml'], folder)

const HEAD = 'timeStamp,elapsed,label,success,threadName'
const START_MS = 1_795_257_166_000

/** Twenty requests a second for 40 s; those of the last seconds took longer than the 300 ms that are promised. */
function jtl({ slowSeconds = 0 } = {}): string {
  const rows = Array.from({ length: 800 }, (_, n) => {
    const isSlow = n >= 800 - slowSeconds * 20
    return `${START_MS + n * 50},${isSlow ? 900 + (n % 7) : 40 + (n % 11)},Home,true,Shoppers 1-${n % 4}`
  })
  return [HEAD, ...rows, ''].join('\n')
}

const judged = async (text: string | Buffer): Promise<Judgement> =>
  judgeResults(write('results.jtl', text), FAST)
const verdictOf = async (text: string | Buffer): Promise<Verdict> => (await judged(text)).verdict

test('results of another tool are judged as one phase, and it is said what they cannot show', async () => {
  const { verdict, notes, record } = await judged(jtl())
  assert.deepEqual([verdict.verdict, verdict.exitCode, verdict.objectives[0]?.events], ['met', 0, 800])
  assert.match(verdict.objectives[0]?.why ?? '', /due is not known/)
  assert.match(notes.join('\n'), /from the actual start.*generator itself.*in flight at its end/s)
  assert.ok(Compile(Run).Check(record.run) && Compile(Plan).Check(record.plan))
  assert.ok(record.load.every((line) => Compile(LoadSecond).Check(line)))
  assert.equal((await verdictOf(jtl({ slowSeconds: 40 }))).exitCode, 21)
})

test('the name of the file makes no difference, and the same results give the same verdict', async () => {
  const other = await judgeResults(write('Another "name".csv', jtl()), FAST)
  assert.deepEqual(other.verdict, await verdictOf(jtl()))
})

test('one line that cannot be read makes the results invalid', async () => {
  const { verdict, notes } = await judged(`${jtl()}${START_MS + 50_000},NaN,Home,true,Shoppers 1-1\n`)
  assert.deepEqual([verdict.verdict, verdict.exitCode], ['invalid', 23])
  assert.match(
    notes.join('\n'),
    /1 line of 802 could not be read; the first, line 802, has the elapsed time "NaN"/,
  )
})

test('results without a request are inconclusive', async () => {
  const { exitCode, objectives } = await verdictOf(`${HEAD}\n`)
  assert.deepEqual([exitCode, objectives[0]?.value], [20, null])
})

test('a name that nobody saw is no data, and the nearest is offered', async () => {
  write('named.slo.yaml', EXAMPLE_SLO.replaceAll('measure: request', 'measure: request, name: Hone'))
  const slos = await readSlos(['named.slo.yaml'], folder)
  const { verdict, notes } = await judgeResults(write('results.jtl', jtl()), slos)
  assert.equal(verdict.exitCode, 20)
  assert.ok(notes.includes('fast-enough: no request "Hone" was seen; nearest: Home'))
})

test("of k6's own metrics it is said that they are not read, and what is", async () => {
  const metric = (name: string) =>
    EXAMPLE_SLO.replaceAll('measure: request', `measure: metric, name: ${name}`)
  for (const [name, said] of [
    ['http_req_waiting', /^"http_req_waiting" is a metric of k6's own.*; measure: request /],
    ['checks', /; measure: check /],
    ['vus', /, which is not read$/],
    ['waiting', /^no metric "waiting" was seen/],
  ] as const) {
    write('metric.slo.yaml', metric(name).replace(', within: 300ms', ', outcome: ok'))
    const slos = await readSlos(['metric.slo.yaml'], folder)
    const { notes } = await judgeResults(write('results.jtl', jtl()), slos)
    assert.match(notes.find((one) => one.startsWith('fast-enough: '))?.slice(13) ?? '', said)
  }
})

test('an objective over a scenario whose name two others have alike is undecided', async () => {
  write(
    'scenario.slo.yaml',
    EXAMPLE_SLO.replaceAll('measure: request', 'measure: request, scenario: shoppers'),
  )
  const slos = await readSlos(['scenario.slo.yaml'], folder)
  const exitCodeOf = async (text: string) =>
    (await judgeResults(write('results.jtl', text), slos)).verdict.exitCode
  assert.equal(await exitCodeOf(jtl()), 0)
  assert.equal(await exitCodeOf(`${jtl()}${START_MS + 39_960},30,Home,false,SHOPPERS 1-1\n`), 20)
})

test('cut within a line, results are never met, whatever the rest of them says', async () => {
  const bytes = Buffer.from(jtl())
  const lengths = fc.integer({ min: HEAD.length + 2, max: bytes.length - 1 })
  await fc.assert(
    fc.asyncProperty(lengths, async (length) => {
      const isLineEnd = bytes[length - 1] === 10
      const { verdict } = await verdictOf(bytes.subarray(0, length))
      assert.ok(isLineEnd || verdict === 'invalid', `${verdict} at ${length}`)
    }),
    { numRuns: 60 },
  )
})

test('cut between two lines, results are what was written until then: nothing is invented', async () => {
  const lines = jtl({ slowSeconds: 20 }).split('\n')
  const [whole] = (await verdictOf(lines.join('\n'))).objectives
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: lines.length - 2 }), async (kept) => {
      const verdict = await verdictOf(`${lines.slice(0, kept).join('\n')}\n`)
      const [one] = verdict.objectives
      assert.equal(one?.events, kept - 1)
      assert.ok((one?.bad ?? 0) <= (whole?.bad ?? 0))
      assert.notEqual(verdict.verdict, 'invalid')
    }),
    { numRuns: 40 },
  )
})
