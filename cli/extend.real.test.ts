import assert from 'node:assert/strict'
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { test } from 'node:test'
import { EXIT } from '../reports/run/index.ts'
import { onLoopback } from '../reports/run/testing/loopback.ts'
import { answerOf, gauntlet, journalOf, runPlan } from './testing/gauntlet.ts'
import { runFolders } from './testing/run-folders.ts'
import { openShop } from './testing/shop.ts'
import { answerOrStarved } from './testing/spare-runs.ts'

// One file a member, and one line each in the config: the door that every project has.
const shop = await openShop('the test of what a project adds')
const { skip } = shop

let isClosed = false
const till = createServer(async (request, response) => {
  if (request.method === 'PUT') isClosed = JSON.parse(Buffer.concat(await request.toArray()).toString())
  const isAsked = request.url === '/drawer'
  response.writeHead(isAsked && isClosed ? 503 : 200, { 'content-type': 'application/json' })
  response.end(isAsked ? '40' : '7')
})
const url = await onLoopback(till)

const LINES = `
  extend: {
    faults: [tillChaos],
    probes: [tillProbe],
    renderers: [receipt],
    sources: [tillSource],
  },`
const IMPORTS = `import { receipt } from './receipt.ts'
import { tillChaos } from './till-chaos.ts'
import { tillProbe } from './till-probe.ts'
import { tillSource } from './till-source.ts'
`

cpSync(join(import.meta.dirname, 'fixtures/extend'), shop.root, { recursive: true })
for (const name of readdirSync(join(shop.root, 'perf')).filter((one) => one.startsWith('till.'))) {
  const path = join(shop.root, 'perf', name)
  writeFileSync(path, readFileSync(path, 'utf8').replaceAll('TILL', url))
}
const config = join(shop.root, 'gauntlet.config.ts')
const given = readFileSync(config, 'utf8')
function writeConfig(lines: string): void {
  writeFileSync(config, IMPORTS + given.replace('export default {', `export default {${lines}`))
}

test('a fault, a probe, a report and a source of a project are used like those of gauntlet', {
  skip,
}, async () => {
  writeConfig(LINES)
  const ended = await gauntlet(runPlan('till', shop), shop)
  const folder = runFolders(shop).at(-1) ?? ''
  const { verdict } = answerOrStarved(ended, EXIT.met.code)
  assert.deepEqual(
    verdict?.faults.map(({ proof, undo, does }) => [does, proof, undo]),
    [['closes the till', 'confirmed', 'proven gone']],
  )
  const [hypothesis] = journalOf(folder).filter((entry) => entry.kind === 'hypothesis')
  assert.match(JSON.stringify(hypothesis), /the drawer of http.*: euros 40/)
  assert.equal(verdict?.objectives[0]?.value, 1)
  assert.equal(readFileSync(join(folder, 'report', 'receipt.txt'), 'utf8'), `till: ${verdict?.verdict}\n`)
  assert.equal(isClosed, false)

  const receiptFile = join(folder, 'report', 'receipt.txt')
  for (const again of ['report', 'judge']) {
    rmSync(receiptFile)
    await gauntlet([again, 'last'], shop)
    assert.equal(readFileSync(receiptFile, 'utf8'), `till: ${verdict?.verdict}\n`, again)
  }
})

test('a file of its own kinds is valid', async () => {
  writeConfig(LINES)
  const { exitCode, stdout } = await gauntlet(['chaos', 'validate', 'perf/till.experiment.yaml'], shop)
  assert.equal(exitCode, 0, stdout)
})

test('a mistake in the settings of a probe or a fault of its own is told with its place', async () => {
  writeConfig(LINES)
  const path = join(shop.root, 'perf', 'till.experiment.yaml')
  const text = readFileSync(path, 'utf8')
  try {
    writeFileSync(path, text.replace('{ till: http', '{ tile: http').replace('till: { url:', 'till: { uri:'))
    const { stderr } = answerOf(await gauntlet(runPlan('till', shop), shop), EXIT.refused.code)
    assert.match(stderr, /till\.experiment\.yaml:9:\d+.*unknown key "uri"[\s\S]*nearest: url/)
  } finally {
    writeFileSync(path, text)
  }
})

/** Of each family a name that is taken. */
const TAKEN: readonly (readonly [family: string, lines: string])[] = [
  ['kinds of fault', `extend: { faults: [{ ...tillChaos, kind: 'process-kill' }] },`],
  [
    'kinds of manifest',
    `extend: { faults: [{ ...tillChaos, manifest: { ...tillChaos.manifest, kind: 'PodChaos' } }] },`,
  ],
  ['kinds of probe', `extend: { probes: [{ ...tillProbe, kind: 'http' }] },`],
  ['reports', `extend: { renderers: [{ ...receipt, file: 'index.html' }] },`],
  ['kinds of data source', `extend: { sources: [{ ...tillSource, type: 'Prometheus' }] },`],
]

for (const [family, lines] of TAKEN)
  test(`a second one of a name is refused: ${family}`, async () => {
    writeConfig(lines)
    const { document } = answerOf(await gauntlet(runPlan('till', shop), shop), EXIT.refused.code)
    assert.equal(document['code'], 'NAME_TAKEN')
    assert.ok(String(document['message']).startsWith(`there are two ${family} called `))
  })

test('what is no member, or a report outside of its folder, is refused', async () => {
  for (const lines of [
    `extend: { probes: [tillChaos.read] },`,
    `extend: { renderers: [{ ...receipt, file: '../receipt.txt' }] },`,
    `extend: { render: [receipt] },`,
  ]) {
    writeConfig(lines)
    const { document } = answerOf(await gauntlet(runPlan('till', shop), shop), EXIT.refused.code)
    assert.equal(document['code'], 'BAD_CONFIG', lines)
  }
})
