import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { EXIT } from '../../reports/run/index.ts'
import { until } from '../../reports/run/testing.ts'
import { answerOf, gauntlet } from '../testing/gauntlet.ts'
import type { Shop } from '../testing/run-folders.ts'
import { openShop } from '../testing/shop.ts'
import { answerUnderLoad } from '../testing/spare-runs.ts'

const shop = await openShop('the test of a first project')
const { skip } = shop
const [port = 0] = shop.ports
const address = `http://127.0.0.1:${port}`

/** A server that knows nothing of gauntlet. */
const SITE = `require('node:http').createServer((_, reply) => reply.end('hello')).listen(${port}, '127.0.0.1')`
let site: ChildProcess | undefined
after(() => site?.kill())

/** An empty folder. */
function emptyFolder(name: string): Shop {
  const root = join(dirname(shop.root), name)
  mkdirSync(root)
  return { ...shop, root }
}

test('the plan of a new project runs against a server that is not ours, pauses it, and is met', {
  skip,
}, async (context) => {
  const here = emptyFolder('first')
  const { exitCode, stdout } = await gauntlet(['init', address], here)
  assert.equal(exitCode, 0)
  for (const name of readdirSync(here.root, { recursive: true }).map(String))
    if (/\.\w+$/.test(name)) assert.ok(stdout.includes(`wrote ${name}\n`), name)
  site = spawn(process.execPath, ['-e', SITE], { stdio: 'ignore' })
  await until('the site answers', () =>
    fetch(address).then(
      ({ ok }) => ok,
      () => false,
    ),
  )
  const planned = await gauntlet(['plan', 'first'], here)
  assert.equal(planned.exitCode, 0, planned.stderr)
  const objectives = join(here.root, 'perf', 'visit.slo.yaml')
  // met on a busy machine too
  const patient = readFileSync(objectives, 'utf8')
    .replace('within: 500ms', 'within: 5s')
    .replaceAll(/target: [\d.]+/g, 'target: 0.5')
  writeFileSync(objectives, patient)
  const answer = await answerUnderLoad(context, {
    run: () => gauntlet(['run', 'first', '--plain', '--json'], here),
    code: EXIT.met.code,
  })
  site.kill()
  await until('the site has ended', () => site?.exitCode !== null || site.signalCode !== null)
  const [fault] = answer?.verdict?.faults ?? []
  assert.deepEqual([fault?.proof, fault?.undo], ['confirmed', 'proven gone'])
})

test('a plan of a new project whose server is not there says so, and of a fault that nobody can be hit by', async () => {
  const here = emptyFolder('nobody')
  await gauntlet(['init', 'http://127.0.0.1:2'], here)
  const { stderr } = answerOf(
    await gauntlet(['run', 'first', '--plain', '--json'], here),
    EXIT.machinery.code,
  )
  assert.match(stderr, /waiting for http:\/\/127\.0\.0\.1:2\/, at most 20 s: .*ECONNREFUSED/)
  assert.match(stderr, /the target was never ready: http:\/\/127\.0\.0\.1:2\/ gave/)
  assert.match(stderr, /hint {5}gauntlet does not start it: start it, or mend its address/)
})

test('of a site elsewhere no process is described, and the plan breaks nothing', async () => {
  const here = emptyFolder('elsewhere')
  await gauntlet(['init', 'https://shop.test/eu/'], here)
  assert.match(
    readFileSync(join(here.root, 'gauntlet.config.ts'), 'utf8'),
    /site: 'https:\/\/shop\.test\/eu'/,
  )
  const { exitCode, stdout } = await gauntlet(['plan', 'first'], here)
  assert.equal(exitCode, 0, stdout)
  assert.doesNotMatch(stdout, /SIGSTOP/)
  assert.deepEqual(
    readdirSync(join(here.root, 'perf')).filter((name) => name.includes('experiment')),
    [],
  )
})

test('an address is written as text, whatever stands in its path', async () => {
  const here = emptyFolder('quoted')
  await gauntlet(['init', "http://127.0.0.1:2/it's"], here)
  const { exitCode, stderr } = await gauntlet(['plan', 'first'], here)
  assert.equal(exitCode, 0, stderr)
})

test('a folder that cannot be written is told, and nothing is written', async () => {
  const here = emptyFolder('full')
  writeFileSync(join(here.root, 'perf'), 'a file')
  const { document } = answerOf(await gauntlet(['init', '--json'], here), EXIT.machinery.code)
  assert.equal(document['code'], 'CANNOT_RECORD')
  assert.deepEqual(readdirSync(here.root), ['perf'])
})

test('of an address without a scheme the whole one is offered', async () => {
  const { stderr } = await gauntlet(['init', '127.0.0.1:8080'], emptyFolder('bare'))
  assert.match(stderr, /hint {5}with its scheme: http:\/\/127\.0\.0\.1:8080$/m)
})

test('nothing that is there is replaced', async () => {
  const here = emptyFolder('kept')
  mkdirSync(join(here.root, 'perf'))
  writeFileSync(join(here.root, 'perf', 'first.plan.yaml'), 'mine')
  const { document } = answerOf(await gauntlet(['init', '--json'], here), EXIT.refused.code)
  assert.match(String(document['message']), /has perf\/first\.plan\.yaml already, so nothing was written$/)
  assert.equal(existsSync(join(here.root, 'gauntlet.config.ts')), false)
  assert.equal(readFileSync(join(here.root, 'perf', 'first.plan.yaml'), 'utf8'), 'mine')
})

for (const wrong of ['127.0.0.1:8080', 'ftp://a', 'http://me:secret@a', 'http://a/?b=1'])
  test(`"${wrong}" is no address of a site`, async () => {
    const here = emptyFolder(`wrong-${encodeURIComponent(wrong)}`)
    const { document } = answerOf(await gauntlet(['init', wrong, '--json'], here), EXIT.refused.code)
    assert.equal(document['code'], 'BAD_ADDRESS')
    assert.deepEqual(readdirSync(here.root), [])
  })
