import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { onLoopback } from '../../reports/run/testing/loopback.ts'
import { k6OfThisMachine } from '../drivers/k6/fixtures/k6.ts'
import { localExec } from '../drivers/testing/local-exec.ts'
import { readResults } from './read-results.ts'
import { countsOf } from './testing/read.ts'

const found = await k6OfThisMachine()
const LOOK = 'look, "here"\nand there'

/** Every fifth look fails, every second order is never answered. */
const seen = { looks: 0, orders: 0 }
const server = createServer((request, response) => {
  if (request.url === '/look') {
    seen.looks += 1
    response.writeHead(seen.looks % 5 === 0 ? 500 : 200).end()
  } else if (request.url === '/order') {
    seen.orders += 1
    if (seen.orders % 2 === 1) setTimeout(() => response.writeHead(202).end(), 50)
  } else response.end()
})
const url = await onLoopback(server)

test('what k6 writes into its CSV and its JSON is what the server counted, in either', {
  skip: typeof found === 'string' ? found : false,
}, async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'gauntlet-results-'))
  t.after(() => rm(folder, { recursive: true }))
  const [csv, json] = [join(folder, 'out.csv'), join(folder, 'out.json')]
  const base = `BASE=${url}`
  const script = join(import.meta.dirname, 'fixtures/shop.k6.js')
  const args = [
    'run',
    '--quiet',
    '--no-usage-report',
    ...['-e', base, '-e', 'TIMEOUT=5s', '-e', 'GRACE=20s'],
    '--out',
    `csv=${csv}`,
    '--out',
    `json=${json}`,
    script,
  ]
  const file = typeof found === 'string' ? '' : found.path
  const measure = async () => {
    Object.assign(seen, { looks: 0, orders: 0 })
    const ended = await localExec().run({ file, args, environment: {}, inheritEnvironment: false })
    assert.equal(ended.exitCode, 0, ended.stderr)
    const options = { thresholdsMs: [100], names: [] }
    return [await readResults(csv, options), await readResults(json, options)] as const
  }
  let [fromCsv, fromJson] = await measure()
  // a k6 that stood still for seconds leaves a gap, and is asked once more
  for (let more = 2; more > 0 && fromJson.gaps.length > 0; more -= 1) [fromCsv, fromJson] = await measure()
  const counts = countsOf(fromJson)
  assert.deepEqual(countsOf(fromCsv), counts)
  assert.deepEqual([fromCsv.unreadableLines, fromCsv.gaps, fromJson.gaps], [0, [], []])
  const looks = { bad: Math.floor(seen.looks / 5), ok: seen.looks - Math.floor(seen.looks / 5) }
  assert.deepEqual(
    [counts[`request look-around ${LOOK} ok`], counts[`request look-around ${LOOK} bad`]],
    [looks.ok, looks.bad],
  )
  const orders = { ok: Math.ceil(seen.orders / 2), timeout: Math.floor(seen.orders / 2) }
  assert.deepEqual(
    [counts['request order order ok'], counts['request order order timeout']],
    [orders.ok, orders.timeout],
  )
  assert.ok((counts['request order order dropped'] ?? 0) > 0)
  assert.match(fromCsv.notes.join(), /whole seconds/)
  assert.doesNotMatch(fromJson.notes.join(), /whole seconds/)
})
