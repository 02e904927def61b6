import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import pg from 'pg'
import {
  answered,
  connectionOf,
  makeDataFolder,
  order,
  type RunningPlaza,
  request,
  startPlaza,
  until,
} from '../testing/plaza.ts'

/** What a caller may have set for databases and programs of his own; it must not reach Plaza's. */
const callersEnvironment = {
  PGSSLMODE: 'require',
  PGSSLNEGOTIATION: 'direct',
  PGOPTIONS: '-c default_transaction_read_only=on',
  LOG_LEVEL: 'error',
}

describe('the failure switches', { timeout: 540_000 }, () => {
  let plaza: RunningPlaza
  before(async () => {
    plaza = await startPlaza(makeDataFolder(), { env: callersEnvironment })
  })
  after(() => plaza.stop())

  const timeMs = async (place: string) => {
    let startMs = 0
    const { status } = await answered(() => {
      startMs = performance.now()
      return request(`${plaza.gateway}${place}`)
    })
    assert.equal(status, 200)
    return performance.now() - startMs
  }

  test('slow-search adds at least 350 ms to a search and nothing to a coupon', async () => {
    await plaza.throwSwitch('slow-search', true)
    for (const query of ['q=espresso', 'near=47.3769,8.5417', 'q=pizza&near=47.3769,8.5417', '']) {
      assert.ok((await timeMs(`/api/search?${query}`)) >= 350, query)
    }
    await until('a coupon is quick', async () => (await timeMs('/api/coupons/1')) < 350)
    await plaza.throwSwitch('slow-search', false)
    await until('a search is quick', async () => (await timeMs('/api/search?q=espresso')) < 350)
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
    const pid = await plaza.pidOf('order-worker')
    const ids = await Promise.all(Array.from({ length: 5 }, () => order(plaza)))
    process.kill(pid, 'SIGKILL')
    await until('another worker is ready', async () => {
      const worker = await plaza.process('order-worker')
      return worker.state === 'ready' && worker.pid !== pid
    })
    ids.push(await order(plaza))
    // Longer than a worker that takes jobs would need; there is no event to wait for when nothing happens.
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    assert.deepEqual(await doneOf(plaza, ids), [])
    await plaza.throwSwitch('stuck-worker', false)
    await until('all are done', async () => (await doneOf(plaza, ids)).length === ids.length)
  })

  const status = async (place: string) => (await request(`${plaza.gateway}${place}`)).status
  const search = '/api/search?q=espresso'
  const isAnswered = (place: string, expected = 200) =>
    until(`${place} is answered with ${expected}`, async () => (await status(place)) === expected)

  /** Works with a connection to the database of its own. */
  const withClient = async <Result>(work: (client: pg.Client) => Promise<Result>): Promise<Result> => {
    const client = new pg.Client(connectionOf(plaza))
    client.on('error', () => {})
    try {
      await client.connect()
      return await work(client)
    } finally {
      await client.end()
    }
  }
  const connects = () =>
    withClient(() => Promise.resolve('connected')).catch((error: { code: string }) => error.code)
  /** of connections-exhausted; nothing while no connection is let in */
  const sessions = () =>
    withClient((client) => count(client, sessionsOf, ['connections-exhausted'])).catch(() => undefined)
  const count = (client: pg.Client, text: string, values: readonly unknown[] = []) =>
    client.query(`select count(*)::int as n ${text}`, [...values]).then(({ rows }) => rows[0].n)

  test('pool-exhausted leaves searches without a connection, also of a new database, and coupons alone', async () => {
    await plaza.throwSwitch('pool-exhausted', true)
    await isAnswered(search, 503)
    await isAnswered('/api/coupons/1')
    const pid = await plaza.pidOf('catalogue')
    await plaza.control('PUT', '/processes/postgres', { desired: 'stopped' })
    await plaza.control('PUT', '/processes/postgres', { desired: 'running' })
    await isAnswered('/api/coupons/1')
    await isAnswered(search, 503)
    assert.equal((await plaza.process('catalogue')).pid, pid)
    await until('a search that waited is let in', async () => {
      await plaza.throwSwitch('pool-exhausted', true)
      const waiting = status(search)
      await plaza.throwSwitch('pool-exhausted', false)
      return (await waiting) === 200
    })
    await isAnswered(search)
  })

  test('connections-exhausted refuses new connections, keeps the old ones, and lets all in again', async () => {
    await plaza.throwSwitch('connections-exhausted', true)
    await until('a new connection is refused', async () => (await connects()) === '53300')
    await isAnswered(search)
    await order(plaza)
    // as often as it meets the look, every 100 ms, at whether there is one more to take
    for (let n = 0; n < 300; n += 1) assert.ok((await plaza.fact()).rows.length > 0)
    await plaza.throwSwitch('connections-exhausted', false)
    await until('new connections are let in, and no session is left', async () => (await sessions()) === 0)
  })

  test('connections-exhausted stays on when the database is started anew', async () => {
    await plaza.throwSwitch('connections-exhausted', true)
    await plaza.control('PUT', '/processes/postgres', { desired: 'stopped' })
    await plaza.control('PUT', '/processes/postgres', { desired: 'running' })
    await until('a new connection is refused', async () => (await connects()) === '53300')
    assert.ok((await plaza.fact()).rows.length > 0)
    await plaza.throwSwitch('connections-exhausted', false)
    await isAnswered(search)
    await until('no session is left', async () => (await sessions()) === 0)
  })

  test('lock-table stops what reads coupons, also after the lock was lost, and lets it go on', async () => {
    await plaza.throwSwitch('lock-table', true)
    await withClient(async (client) => {
      await until('it is locked', async () => (await count(client, lockOf, ['lock-table'])) === 1)
      await isAnswered(search, 503)
      const text = `select pg_terminate_backend(pid) ${sessionsOf}`
      await client.query(text, ['lock-table'])
      await until('it is locked again', async () => (await count(client, lockOf, ['lock-table'])) === 1)
      const waiting = status(search)
      await plaza.throwSwitch('lock-table', false)
      assert.equal(await waiting, 200)
      const locks = () => count(client, sessionsOf, ['lock-table'])
      await until('no session is left', async () => (await locks()) === 0)
    })
  })

  test('lock-table lets go also while it still waits for its lock', async () => {
    await withClient(async (locker) => {
      await locker.query('begin; lock table coupons in access share mode')
      // A transaction sees the sessions as they were when it first looked: another connection looks.
      await withClient(async (client) => {
        await plaza.throwSwitch('lock-table', true)
        const waiting = 'from pg_locks where not granted and relation = $1::regclass'
        await until('it waits', async () => (await count(client, waiting, ['coupons'])) > 0)
        await plaza.throwSwitch('lock-table', false)
        await until('it is gone', async () => (await count(client, sessionsOf, ['lock-table'])) === 0)
        await isAnswered(search)
      })
    })
  })

  test('poison-message fills the dead letters, and every acknowledged order is done once', async () => {
    const dead = () => withClient((client) => count(client, `from pgboss.job where name = 'order-dead'`))
    const orderTwenty = () => Promise.all(Array.from({ length: 20 }, () => order(plaza)))
    const before = await dead()
    await plaza.throwSwitch('poison-message', true)
    const ids = await orderTwenty()
    await plaza.throwSwitch('poison-message', false)
    ids.push(...(await orderTwenty()))
    await until('the poison is among the dead letters', async () => (await dead()) === before + 2)
    await until('all are done', async () => (await doneOf(plaza, ids)).length === ids.length)
    const rows = (await plaza.fact()).rows.filter((row) => ids.includes(row.id))
    assert.ok(rows.every((row) => row.effects === 1))
    assert.equal(await dead(), before + 2)
    const retried = `from pgboss.job where retry_count > 0 and data ->> 'orderId' = any($1)`
    assert.equal(await withClient((client) => count(client, retried, [ids])), 0)
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

const sessionsOf = `from pg_stat_activity where application_name = 'switch ' || $1`
const lockOf = `from pg_locks join pg_stat_activity using (pid) where application_name = 'switch ' || $1
  and granted and relation = 'coupons'::regclass`

async function doneOf(plaza: RunningPlaza, ids: readonly string[]): Promise<string[]> {
  const { rows } = await plaza.fact()
  return rows.filter((row) => ids.includes(row.id) && row.doneAtUs !== null).map((row) => row.id)
}

function readSwallowed(data: string): string[] {
  const lines = readFileSync(path.join(data, 'logs/orders.log'), 'utf8').trim().split('\n')
  const entries = lines.map((line): { msg: string; orderId: string } => JSON.parse(line))
  return entries.filter((entry) => entry.msg === 'order swallowed').map((entry) => entry.orderId)
}
