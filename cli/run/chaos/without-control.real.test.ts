// A target that offers no control, and whose description knows no pid.
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { dirname, join } from 'node:path'
import { after, type TestContext, test } from 'node:test'
import { onLoopback } from '../../../reports/run/testing/loopback.ts'
import { until } from '../../../reports/run/testing.ts'
import { answerOf, gauntlet } from '../../testing/gauntlet.ts'
import type { Shop } from '../../testing/run-folders.ts'
import { openShop } from '../../testing/shop.ts'

const shop = await openShop('the test of targets without control')
const [port = 0] = shop.ports
const address = `http://127.0.0.1:${port}`

/** Forks or not: a worker has the listening socket of its master. */
const SITE = `
const server = require('node:http').createServer((_, reply) => reply.end('hello'))
server.listen(${port}, '127.0.0.1', () => {
  if (!process.argv.includes('forks')) return
  const worker = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)'], {
    stdio: ['ignore', 'ignore', 'ignore', server._handle.fd],
  })
  process.on('SIGTERM', () => { worker.kill('SIGKILL'); process.exit() })
})`
let site: ChildProcess | undefined
after(() => site?.kill())

async function startSite(...args: readonly string[]): Promise<AsyncDisposable> {
  const child = spawn(process.execPath, ['-e', SITE, '--', ...args], { stdio: 'ignore' })
  site = child
  await until('the site answers', async () => (await fetch(address).catch(() => undefined))?.ok === true)
  return {
    [Symbol.asyncDispose]: async () => {
      child.kill()
      await until('the site has ended', () => child.exitCode !== null || child.signalCode !== null)
    },
  }
}

/** A project with this target and this experiment alone. */
function project(name: string, description: string, experiment: string, extend = ''): Shop {
  const root = join(dirname(shop.root), name)
  mkdirSync(join(root, 'perf'), { recursive: true })
  cpSync(join(import.meta.dirname, '../../fixtures/extend/till-chaos.ts'), join(root, 'till-chaos.ts'))
  writeFileSync(
    join(root, 'gauntlet.config.ts'),
    `import { tillChaos } from './till-chaos.ts'
export default { ${extend} target: { description: ${description} }, content: { experiments: ['perf'] }, verify: 'none' }
void tillChaos`,
  )
  writeFileSync(
    join(root, 'perf', `${name}.experiment.yaml`),
    `
apiVersion: gauntlet/v1
kind: Experiment
metadata: { name: ${name}, title: It breaks, why: It happens }
spec: ${experiment}
`,
  )
  return { ...shop, root }
}

const chaosRun = (here: Shop, name: string) =>
  gauntlet(['chaos', 'run', name, '--for', '4s', '--plain', '--json'], here)

/** A till that is no part of what anybody describes, and the project that closes it. */
async function tillProject(name: string, context: TestContext) {
  const till = { isClosed: false, asked: 0 }
  const server = createServer(async (request, response) => {
    if (request.method === 'PUT') {
      till.isClosed = JSON.parse(Buffer.concat(await request.toArray()).toString())
      till.asked += 1
    }
    response.writeHead(request.url === '/drawer' && till.isClosed ? 503 : 200).end('40')
  })
  const url = await onLoopback(server, context)
  const here = project(
    name,
    `{ name: 'till', version: '1', addresses: { till: '${url}' } }`,
    `{
  hypothesis: [{ name: answers, http: { address: till, path: / } }],
  method: [{ manifest: { apiVersion: gauntlet/v1, kind: TillChaos, metadata: { name: x }, spec: { till: "${url}" } } }],
  rollback: { within: 5s } }`,
    'extend: { faults: [tillChaos] },',
  )
  return { till, here }
}

test('a fault of the project itself needs no control, nor a port', async (context) => {
  const { till, here } = await tillProject('close-till', context)
  const { verdict } = answerOf(await chaosRun(here, 'close-till'), 0)
  assert.deepEqual(
    verdict?.faults.map(({ proof, undo }) => [proof, undo]),
    [['confirmed', 'proven gone']],
  )
  assert.equal(till.isClosed, false)
})

test('what somebody else put on is neither put on by a fault of the project nor taken off', async (context) => {
  const { till, here } = await tillProject('closed-till', context)
  till.isClosed = true
  const { stderr, verdict } = answerOf(await chaosRun(here, 'closed-till'), 24)
  assert.match(stderr, /the effect is there already, and gauntlet would take it off: .*status 503/)
  assert.deepEqual(
    verdict?.faults.map(({ proof }) => proof),
    ['not injected'],
  )
  assert.deepEqual(till, { isClosed: true, asked: 0 })
})

const DESCRIPTION = `{ name: 'site', version: '1', addresses: { site: '${address}' },
  processes: [{ name: 'site', labels: { app: 'site' }, port: ${port} }] }`
const PAUSE = (hypothesis: string) => `{
  hypothesis: [${hypothesis}],
  method: [{ manifest: { apiVersion: gauntlet/v1, kind: ProcessChaos, metadata: { name: x },
    spec: { action: pause, mode: all, selector: { labelSelectors: { app: site } } } } }],
  rollback: { within: 5s },
  guard: { abortWhen: [{ probe: { name: site-lives, process: { labels: { app: site } } }, for: 1s }] } }`
const LIVES = '{ name: lives, process: { labels: { app: site } } }'
const ANSWERS = '{ name: answers, http: { address: site, path: / } }'

test('a guard on a process sees who listens on its port, as the hypothesis does', async () => {
  await using _ = await startSite()
  const { verdict } = answerOf(
    await chaosRun(project('pause-site', DESCRIPTION, PAUSE(LIVES)), 'pause-site'),
    0,
  )
  assert.deepEqual(
    verdict?.faults.map(({ proof, undo }) => [proof, undo]),
    [['confirmed', 'proven gone']],
  )
})

test('of those that share a port nobody is paused', async () => {
  await using _ = await startSite('forks')
  const here = project('pause-forked', DESCRIPTION, PAUSE(ANSWERS))
  const { document } = answerOf(await chaosRun(here, 'pause-forked'), 24)
  assert.equal(document['code'], 'PORT_SHARED')
  assert.equal(await (await fetch(address)).text(), 'hello')
})
