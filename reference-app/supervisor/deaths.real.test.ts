import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import pg from 'pg'
import {
  connectionOf,
  findMarked,
  makeDataFolder,
  order,
  type RunningPlaza,
  request,
  startPlaza,
  until,
} from '../testing/plaza.ts'

describe('deaths', { timeout: 540_000 }, () => {
  const data = makeDataFolder()
  let plaza: RunningPlaza
  let ordersBefore = 0
  before(async () => {
    plaza = await startPlaza(data)
  })
  after(() => plaza.stop())

  const isReplaced = async (name: string, pid: number | undefined) => {
    const now = await plaza.process(name)
    return now.state === 'ready' && now.pid !== pid
  }

  test('a worker killed with jobs in its hands: none lost, none twice, and another takes over', async () => {
    const pool = new pg.Pool({ ...connectionOf(plaza), max: 1 })
    const acknowledged: Promise<string>[] = []
    for (let death = 0; death < 3; death += 1) {
      const pid = await plaza.pidOf('order-worker')
      await killWithJobs(pool, pid, async () => {
        const more = Array.from({ length: 60 }, () => order(plaza))
        acknowledged.push(...more)
        await Promise.all(more)
      })
      await until('another worker is ready', () => isReplaced('order-worker', pid))
    }
    await pool.end()
    const ids = await Promise.all(acknowledged)
    const rowsOf = async () => (await plaza.fact()).rows.filter((row) => ids.includes(row.id))
    await until('all are done', async () => (await rowsOf()).every((row) => row.doneAtUs !== null))
    const rows = await rowsOf()
    assert.equal(rows.length, ids.length)
    assert.ok(rows.every((row) => row.effects === 1))
    assert.match(readFileSync(path.join(data, 'logs/order-worker.log'), 'utf8'), /given back/)
  })

  test('a killed database comes back with every acknowledged order, and so do those who use it', async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, () => order(plaza)))
    const pid = await plaza.pidOf('postgres')
    process.kill(pid, 'SIGKILL')
    await until('the database is back', () => isReplaced('postgres', pid))
    await until(
      'the search is back',
      async () => (await tryStatus(`${plaza.gateway}/api/search?q=tour`)) === 200,
    )
    const known = new Set((await plaza.fact()).rows.map((row) => row.id))
    assert.deepEqual(
      ids.filter((id) => !known.has(id)),
      [],
    )
    await order(plaza)
  })

  test('a killed keeper is replaced', async () => {
    const keepers = () => findMarked(plaza.mark).filter((pid) => commandOf(pid).includes('keeper.ts'))
    const [first] = keepers()
    assert.ok(first !== undefined)
    process.kill(first, 'SIGKILL')
    await until('another keeper watches', () => keepers().length === 1 && keepers()[0] !== first)
  })

  test('kill -9 of the supervisor leaves nothing, not even of a process that was stopped', async () => {
    ordersBefore = (await plaza.fact()).rows.length
    await plaza.throwSwitch('lock-table', true)
    await plaza.throwSwitch('connections-exhausted', true)
    await plaza.control('PUT', '/links/gateway→catalogue', { via: '127.0.0.1:1' })
    const pid = await plaza.pidOf('catalogue')
    process.kill(pid, 'SIGSTOP')
    const closed = once(plaza.child, 'close')
    plaza.child.kill('SIGKILL')
    await closed
    try {
      await until('nothing is left', () => findMarked(plaza.mark).length === 0)
    } finally {
      for (const left of findMarked(plaza.mark)) process.kill(left, 'SIGKILL')
    }
    assert.equal(await tryStatus(`${plaza.gateway}/health`), undefined)
  })

  test('what it left behind is taken up again, with its orders, every switch off and every link straight', async () => {
    plaza = await startPlaza(data)
    const search = `${plaza.gateway}/api/search?q=tour`
    await until('the search is back', async () => (await tryStatus(search)) === 200)
    const { body } = await plaza.control<Record<string, boolean>>('GET', '/switches')
    assert.ok(Object.values(body).every((isOn) => !isOn))
    assert.equal((await plaza.fact()).rows.length, ordersBefore)
    assert.equal(await plaza.stop('SIGINT'), 0)
  })

  test('a half-made database is made anew', async () => {
    rmSync(path.join(data, 'seeded.json'))
    plaza = await startPlaza(data)
    assert.deepEqual((await plaza.fact()).rows, [])
    await plaza.stop()
  })

  test('a broken database is set aside with its password, at most one, and a new one is made', async () => {
    const aside = path.join(data, 'postgres.set-aside')
    for (const which of ['first', 'second']) {
      writeFileSync(path.join(data, 'postgres/cluster/which'), which)
      const password = readFileSync(path.join(data, 'postgres.password'), 'utf8')
      rmSync(path.join(data, 'postgres/cluster/global/pg_control'))
      plaza = await startPlaza(data)
      assert.deepEqual((await plaza.fact()).rows, [])
      await order(plaza)
      await plaza.stop()
      assert.equal(readFileSync(path.join(aside, 'cluster/which'), 'utf8'), which)
      assert.equal(readFileSync(path.join(aside, 'password'), 'utf8'), password)
    }
    assert.ok(readFileSync(path.join(data, 'logs/supervisor.log'), 'utf8').includes(`set aside in ${aside}`))
  })
})

/** Feeds the worker until it is stopped with jobs in its hands for sure, then kills it. */
async function killWithJobs(pool: pg.Pool, pid: number, feed: () => Promise<void>): Promise<void> {
  const active = async () => {
    const { rows } = await pool.query(`select count(*)::int as n from pgboss.job where state = 'active'`)
    return rows[0].n > 0
  }
  await until('the worker was caught with jobs in its hands', async () => {
    const fed = feed()
    if (!(await active())) {
      await fed
      return false
    }
    process.kill(pid, 'SIGSTOP')
    await fed
    if (await active()) return true
    process.kill(pid, 'SIGCONT')
    return false
  })
  process.kill(pid, 'SIGKILL')
}

/** empty when it is gone meanwhile */
function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

async function tryStatus(url: string): Promise<number | undefined> {
  return request(url).then(
    ({ status }) => status,
    () => undefined,
  )
}
