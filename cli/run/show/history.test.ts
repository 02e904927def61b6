import assert from 'node:assert/strict'
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { GauntletError, type HistoryEntry, type HistoryObjective } from '../../../reports/run/index.ts'
import { appendHistory, readHistory } from './history-file.ts'
import { historySeries } from './history-series.ts'

const folder = mkdtempSync(join(tmpdir(), 'gauntlet-history-'))
after(() => rmSync(folder, { recursive: true, force: true }))
let files = 0
const newFile = (): string => join(folder, `${++files}.ndjson`)

const objective: HistoryObjective = {
  name: 'soon',
  promised: 'p95 < 300 ms',
  verdict: 'met',
  unit: 'ms',
  suffix: '',
  better: 'lower',
  limit: 300,
  value: 182,
  low: 176,
  high: 189,
  events: 6_000,
  tainted: false,
}

function entry(n: number, more: Partial<HistoryEntry> = {}): HistoryEntry {
  return {
    schema: 'gauntlet/history/1',
    run: `20261121-${String(100_000 + n)}-k3f9`,
    atUs: 1_795_000_000_000_000 + n * 60_000_000,
    plan: 'verify',
    target: { name: 'shop', version: `1.0.${n}` },
    verdict: 'met',
    objectives: [objective],
    ...more,
  }
}

test('what was appended is read again, in the order of the runs', async () => {
  const path = newFile()
  for (const n of [2, 1, 3]) await appendHistory(path, entry(n))
  const { entries, broken } = await readHistory(path)
  assert.deepEqual(entries, [entry(1), entry(2), entry(3)])
  assert.deepEqual(broken, [])
})

test('a file that is not there is an empty history', async () => {
  assert.deepEqual(await readHistory(newFile()), { entries: [], broken: [] })
})

test('a run that was judged again counts as it was judged last', async () => {
  const path = newFile()
  await appendHistory(path, entry(1))
  await appendHistory(path, entry(1, { verdict: 'violated' }))
  const { entries } = await readHistory(path)
  assert.deepEqual(
    entries.map(({ verdict }) => verdict),
    ['violated'],
  )
})

test('lines that cannot be read are told by their number and skipped', async () => {
  const path = newFile()
  await appendHistory(path, entry(1))
  appendFileSync(path, `not json\n\n{"schema":"gauntlet/history/1","run":"x"}\n[1]\n`)
  await appendHistory(path, entry(2))
  const { entries, broken } = await readHistory(path)
  assert.equal(entries.length, 2)
  assert.deepEqual(
    broken.map(({ line }) => line),
    [2, 4, 5],
  )
})

test('cut at any byte, a history loses its last run at most, and the next one is added on a line of its own', async () => {
  const path = newFile()
  for (const n of [1, 2]) await appendHistory(path, entry(n))
  const whole = readFileSync(path)
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: whole.length }), async (length) => {
      writeFileSync(path, whole.subarray(0, length))
      await appendHistory(path, entry(3))
      const { entries } = await readHistory(path)
      const kept = whole
        .subarray(0, length)
        .toString()
        .split('\n')
        .filter((line) => line.endsWith('}]}')).length
      assert.equal(entries.length, kept + 1)
      assert.deepEqual(entries.at(-1), entry(3))
    }),
    { numRuns: 60 },
  )
})

test('a byte-order mark hides no run, at the start of a file nor where files were joined', async () => {
  const path = newFile()
  const lines = [entry(1), entry(2)].map((one) => `\ufeff${JSON.stringify(one)}\r\n`)
  writeFileSync(path, lines.join(''))
  assert.deepEqual(await readHistory(path), { entries: [entry(1), entry(2)], broken: [] })
})

const isRefused = (error: unknown): boolean => error instanceof GauntletError && error.exitCode === 2

test('a history that is a folder, or lies below a file or in no folder, is refused', async () => {
  const path = newFile()
  writeFileSync(path, '')
  for (const wrong of [folder, join(path, 'below')]) {
    await assert.rejects(readHistory(wrong), isRefused)
    await assert.rejects(appendHistory(wrong, entry(1)), isRefused)
  }
  await assert.rejects(appendHistory(join(folder, 'none', 'h.ndjson'), entry(1)), isRefused)
  assert.ok(!existsSync(join(folder, 'none')))
})

test('a line of a newer gauntlet is refused, not skipped', async () => {
  const path = newFile()
  await appendHistory(path, entry(1))
  appendFileSync(path, '{"schema":"gauntlet/history/2"}\n')
  await assert.rejects(
    readHistory(path),
    (error) => error instanceof GauntletError && error.code === 'RECORD_NEWER',
  )
})

test('each objective of each plan and target is a series of its own, and a new unit begins another', () => {
  const other = entry(2, { plan: 'nightly' })
  const inSeconds = entry(3, { objectives: [{ ...objective, unit: 'value', suffix: 's' }] })
  const series = historySeries([entry(1), other, inSeconds, entry(4)])
  assert.deepEqual(
    series.map(({ plan, points }) => [plan, points.length]),
    [
      ['verify', 2],
      ['nightly', 1],
      ['verify', 1],
    ],
  )
})

const promises = (...promised: readonly [string, string]): number => {
  const [before, after] = promised.map((one, n) => {
    const unit = one.startsWith('p') || one.startsWith('one') ? 'ms' : 'ratio'
    return entry(n, { objectives: [{ ...objective, unit, promised: one }] })
  })
  return historySeries([before!, after!]).length
}

test('a changed promise begins a new series when another figure is measured, and none when only its limit moves', () => {
  assert.equal(promises('p95 < 300 ms', 'p99 < 600 ms'), 2)
  assert.equal(promises('p95 < 300 ms', 'p95 < 200 ms'), 1)
  assert.equal(promises('99.9 %', '99.5 %'), 1)
  assert.equal(promises('99 % of minutes with p95 < 300 ms', '99 % of minutes with p95 < 200 ms'), 2)
  assert.equal(promises('99 % of minutes with ≥ 99 % good', '95 % of minutes with ≥ 99 % good'), 1)
  assert.equal(
    promises('one budget for p95 < 300 ms and 99.9 %', 'one budget for p95 < 200 ms and 99.9 %'),
    2,
  )
})

test('what was not measured, or on spoilt evidence, is no point', () => {
  const silent = entry(1, { objectives: [{ ...objective, value: null, low: null, high: null }] })
  const spoilt = entry(2, { objectives: [{ ...objective, tainted: true }] })
  assert.deepEqual(historySeries([silent, spoilt, entry(3, { verdict: 'invalid' })]), [])
})

const runs = (values: readonly number[], of: Partial<HistoryObjective> = {}): HistoryEntry[] =>
  values.map((value, n) => {
    const noisy = value + ((n * 7) % 5) / 2
    return entry(n, { objectives: [{ ...objective, value: noisy, low: noisy - 4, high: noisy + 4, ...of }] })
  })
const twenty = (value: number): number[] => Array.from({ length: 20 }, () => value)

test('a step is found at its run, with its size and whether it is worse', () => {
  const [series] = historySeries(runs([...twenty(180), ...twenty(207)]))
  const [change, none] = series?.changes ?? []
  assert.equal(none, undefined)
  assert.deepEqual([change?.index, change?.version, change?.isWorse], [20, '1.0.20', true])
  assert.equal(change?.relative?.toFixed(2), '0.15')
})

test('fewer good ones are worse where higher is better, and fewer milliseconds are not', () => {
  const [share] = historySeries(runs([...twenty(207), ...twenty(180)], { better: 'higher' }))
  const [time] = historySeries(runs([...twenty(207), ...twenty(180)]))
  assert.deepEqual([share?.changes[0]?.isWorse, time?.changes[0]?.isWorse], [true, false])
})

test('a series that only goes up and down has no change', () => {
  assert.deepEqual(historySeries(runs(twenty(180)))[0]?.changes, [])
})

test('one lost order in one run is no change: a count says no more of the next run than a sample does', () => {
  const lost = [0, 0, 0, 0, 1].map((value, n) => {
    const none = { unit: 'count', promised: '0 of all', value, low: value, high: value, events: 620 } as const
    return entry(n, { objectives: [{ ...objective, ...none }] })
  })
  assert.deepEqual(historySeries(lost)[0]?.changes, [])
})
