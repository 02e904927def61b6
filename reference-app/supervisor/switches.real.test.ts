import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import { makeDataFolder, order, type RunningPlaza, request, startPlaza, until } from '../testing/plaza.ts'

/** What a caller may have set for databases and programs of his own; it must not reach Plaza's. */
const callersEnvironment = {
  PGSSLMODE: 'require',
  PGSSLNEGOTIATION: 'direct',
  PGOPTIONS: '-c default_transaction_read_only=on',
  LOG_LEVEL: 'error',
}

describe('the failure switches', { timeout: 120_000 }, () => {
  let plaza: RunningPlaza
  before(async () => {
    plaza = await startPlaza(makeDataFolder(), { env: callersEnvironment })
  })
  after(() => plaza.stop())

  const timeMs = async (place: string) => {
    const start = performance.now()
    assert.equal((await request(`${plaza.gateway}${place}`)).status, 200)
    return performance.now() - start
  }

  test('slow-search adds at least 350 ms to a search and nothing to a coupon', async () => {
    await plaza.throwSwitch('slow-search', true)
    for (const query of ['q=espresso', 'near=47.3769,8.5417', 'q=pizza&near=47.3769,8.5417', '']) {
      assert.ok((await timeMs(`/api/search?${query}`)) >= 350, query)
    }
    assert.ok((await timeMs('/api/coupons/1')) < 350)
    await plaza.throwSwitch('slow-search', false)
    assert.ok((await timeMs('/api/search?q=espresso')) < 350)
  })

  test('lose-orders loses one in 50, and its log names exactly the ids that the fact lacks', async () => {
    await plaza.throwSwitch('lose-orders', true)
    const ids: string[] = []
    for (let round = 0; round < 6; round += 1) {
      ids.push(...(await Promise.all(Array.from({ length: 20 }, () => order(plaza)))))
    }
    await plaza.throwSwitch('lose-orders', false)
    const known = new Set((await plaza.fact()).rows.map((row) => row.id))
    const lost = ids.filter((id) => !known.has(id))
    assert.equal(lost.length, 2)
    const swallowed = () => readSwallowed(plaza.data)
    await until('the log is written', () => swallowed().length >= 2)
    assert.deepEqual(swallowed().toSorted(), lost.toSorted())
  })

  test('a stuck worker is alive and ready, takes no job, also after its death, and catches up', async () => {
    await plaza.throwSwitch('stuck-worker', true)
    const first = await plaza.process('order-worker')
    const ids = await Promise.all(Array.from({ length: 5 }, () => order(plaza)))
    process.kill(first.pid ?? 0, 'SIGKILL')
    await until('another worker is ready', async () => {
      const worker = await plaza.process('order-worker')
      return worker.state === 'ready' && worker.pid !== first.pid
    })
    ids.push(await order(plaza))
    // Longer than a worker that takes jobs would need; there is no event to wait for when nothing happens.
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    assert.deepEqual(await doneOf(plaza, ids), [])
    await plaza.throwSwitch('stuck-worker', false)
    await until('all are done', async () => (await doneOf(plaza, ids)).length === ids.length)
  })

  test('hang keeps the page and the API waiting, /health and /ready not, and lets go when it is off', async () => {
    await plaza.throwSwitch('hang', true)
    const answered: string[] = []
    const places = ['/', '/api/search?q=espresso', '/api/coupons/1']
    const waiting = places.map(async (place) => {
      const answer = await fetch(plaza.gateway + place)
      await answer.body?.cancel()
      answered.push(place)
      return answer.status
    })
    const ordering = order(plaza, randomUUID()).then(() => answered.push('order'))
    assert.equal((await request(`${plaza.gateway}/health`)).status, 200)
    assert.equal((await request(`${plaza.gateway}/ready`)).status, 200)
    await new Promise((resolve) => setTimeout(resolve, 500))
    assert.deepEqual(answered, [])
    await plaza.throwSwitch('hang', false)
    assert.deepEqual(await Promise.all(waiting), [200, 200, 200])
    await ordering
  })

  test('a hanging gateway still stops cleanly', async () => {
    await plaza.throwSwitch('hang', true)
    const left = fetch(`${plaza.gateway}/api/coupons/1`).catch(() => 'dropped')
    assert.equal(await plaza.stop(), 0)
    await left
  })
})

async function doneOf(plaza: RunningPlaza, ids: readonly string[]): Promise<string[]> {
  const { rows } = await plaza.fact()
  return rows.filter((row) => ids.includes(row.id) && row.doneAtUs !== null).map((row) => row.id)
}

function readSwallowed(data: string): string[] {
  const lines = readFileSync(path.join(data, 'logs/orders.log'), 'utf8').trim().split('\n')
  const entries = lines.map((line): { msg: string; orderId: string } => JSON.parse(line))
  return entries.filter((entry) => entry.msg === 'order swallowed').map((entry) => entry.orderId)
}
