import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { test } from 'node:test'
import { createStress } from './stress.ts'
import { stressLoad } from './stress-load.ts'
import type { WorkerTask } from './thread/index.ts'

const GIB = 1024 ** 3

function scene({ ready = async (_: WorkerTask) => {} } = {}) {
  const living: WorkerTask[] = []
  const started: WorkerTask[] = []
  const stress = createStress({
    runId: '20261122-000000-test',
    availableBytes: () => 10 * GIB,
    measure: () => ({ atSeconds: 1, cpuSeconds: 2, residentBytes: 3 }),
    startWorker: (task) => {
      living.push(task)
      started.push(task)
      return { ready: ready(task), stop: async () => void living.splice(living.indexOf(task), 1) }
    },
  })
  return { stress, living, started }
}

test('one wish starts a thread a worker, the same again none, another load starts them anew, nothing ends them', async () => {
  const { stress, living, started } = scene()
  await stress.want({ cpu: { workers: 2, loadPercent: 50 } })
  await stress.want({ cpu: { workers: 2, loadPercent: 50 } })
  assert.deepEqual(started, [
    { kind: 'cpu', loadRatio: 0.5 },
    { kind: 'cpu', loadRatio: 0.5 },
  ])
  await stress.want({ cpu: { workers: 1, loadPercent: 20 } })
  assert.deepEqual(living, [{ kind: 'cpu', loadRatio: 0.2 }])
  await stress.want({})
  assert.deepEqual(living, [])
  assert.deepEqual((await stress.see()).on, {})
})

test('what is refused leaves nothing on, also of what was granted before it', async () => {
  const { stress, living } = scene()
  await stress.want({ cpu: { workers: 1, loadPercent: 10 }, descriptors: { count: 3 } })
  const wanted = { cpu: { workers: 1, loadPercent: 10 }, memory: { bytes: 9 * GIB } }
  await assert.rejects(stress.want(wanted), /9663676416 bytes of memory would leave less than 20 %/)
  const { on, measured } = await stress.see()
  assert.deepEqual([on, measured.descriptors, living], [{}, 0, []])
})

test('memory of which a fifth is left is granted', async () => {
  const { stress, living } = scene()
  await stress.want({ memory: { bytes: 8 * GIB } })
  assert.deepEqual(living, [{ kind: 'memory', bytes: 8 * GIB }])
  await stress.want({})
})

test('letting go does not wait for a wish that is still being fulfilled, and that one is told', async () => {
  const { stress, living } = scene({ ready: () => new Promise(() => {}) })
  const filling = stress.want({ memory: { bytes: 8 * GIB } })
  await new Promise((resolve) => setImmediate(resolve))
  assert.equal(living.length, 1)
  const refused = assert.rejects(filling, /a later wish took its place/)
  await stress.want({})
  await refused
  assert.deepEqual(living, [])
})

test('descriptors are held by their number, and the file that fills the disk has its size and no name', async () => {
  const { stress } = scene()
  await stress.want({ descriptors: { count: 1500 }, disk: { folder: tmpdir(), bytes: 9 * 1024 * 1024 + 1 } })
  const { measured } = await stress.see()
  assert.equal(measured.descriptors, 1500)
  assert.ok(measured.diskBytes > 9 * 1024 * 1024 && measured.diskBytes < 10 * 1024 * 1024)
  assert.deepEqual(
    readdirSync(tmpdir()).filter((name) => name.includes('20261122-000000-test')),
    [],
  )
  await stress.want({})
  const after = (await stress.see()).measured
  assert.deepEqual([after.descriptors, after.diskBytes], [0, 0])
})

for (const [what, disk, says] of [
  ['more than the disk has', { folder: tmpdir(), bytes: 2 ** 50 }, /are kept free there/],
  ['a folder that is not there', { folder: '/nowhere/at/all', bytes: 1 }, /ENOENT/],
  ['a folder that is a file', { folder: import.meta.filename, bytes: 1 }, /ENOTDIR/],
] as const)
  test(`refuses to fill ${what}`, async () => {
    await assert.rejects(scene().stress.want({ disk }), says)
  })

test('over HTTP: the state when it is so, the reason and a hint when it is not, and what is malformed is named', async () => {
  const { stress } = scene()
  const { answer } = stressLoad(stress)
  const put = (body: unknown) => answer({ method: 'PUT', path: '/stress', body })
  const measured = { atSeconds: 1, cpuSeconds: 2, residentBytes: 3, descriptors: 2, diskBytes: 0 }
  const on = { descriptors: { count: 2 } }
  assert.deepEqual(await put(on), { status: 200, body: { on, measured } })
  assert.deepEqual(await answer({ method: 'GET', path: '/stress', body: undefined }), {
    status: 200,
    body: { on, measured },
  })
  const refused = await put({ memory: { bytes: 9 * GIB } })
  assert.equal(refused.status, 409)
  assert.deepEqual(refused.body, {
    error: `${9 * GIB} bytes of memory would leave less than 20 % of the ${10 * GIB} that are available`,
    hint: `ask for at most ${8 * GIB}`,
  })
  for (const body of [
    undefined,
    [],
    { cpu: { workers: 0, loadPercent: 1 } },
    { disk: { folder: 'x', bytes: 1 } },
    { gpu: {} },
  ])
    assert.equal((await put(body)).status, 400, JSON.stringify(body))
  assert.equal((await answer({ method: 'DELETE', path: '/stress', body: undefined })).status, 405)
  assert.equal((await answer({ method: 'GET', path: '/', body: undefined })).status, 404)
})
