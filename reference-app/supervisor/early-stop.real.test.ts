import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, test } from 'node:test'
import pg from 'pg'
import {
  connectionOf,
  type Ended,
  makeDataFolder,
  order,
  type RunningPlaza,
  startPlaza,
  stopWhen,
} from '../testing/plaza.ts'

describe('a stop while it starts', { timeout: 540_000 }, () => {
  test('leaves the kept database with its orders', async () => {
    const data = makeDataFolder()
    const first = await startPlaza(data)
    const id = await order(first)
    await holdNextStart(first)
    await first.stop()
    const { code, stderr } = await stopWhen(data, (port) => finds({ data, port }, sleeping))
    assert.equal(code, 0, stderr)
    const next = await startPlaza(data)
    const kept = (await next.fact()).rows.map((row) => row.id)
    await next.stop()
    assert.deepEqual(kept, [id])
  })

  test('ends the making of a new database quietly', async () => {
    const stopSeeding = async (): Promise<Ended> => {
      const data = makeDataFolder()
      return stopWhen(data, (port) => finds({ data, port }, seeding))
    }
    let ended = await stopSeeding()
    // on a busy machine the stop may come when it is made
    for (let more = 4; more > 0 && ended.stderr.includes('database ready'); more -= 1)
      ended = await stopSeeding()
    assert.equal(ended.code, 0, ended.stderr)
    assert.doesNotMatch(ended.stderr, /\n {4}at |database ready/)
  })
})

/** The next start, and only that one, will sleep when it brings the queues up to date, and in its poll beside that. */
async function holdNextStart(plaza: RunningPlaza): Promise<void> {
  await plaza.control('PUT', '/processes/order-worker', { desired: 'stopped' })
  const client = new pg.Client(connectionOf(plaza))
  await client.connect()
  await client.query(`
    create sequence starts;
    create function hold() returns trigger language plpgsql as $$
      begin if nextval('starts') <= 2 then perform pg_sleep(60); end if; return new; end $$;
    create trigger hold before update on pgboss.queue for each row execute function hold();
    create trigger hold before update on pgboss.version for each statement execute function hold()`)
  await client.end()
}

const sleeping = `select from pg_stat_activity where wait_event = 'PgSleep' having count(*) = 2`
const seeding = `select from pg_stat_activity where datname = 'plaza' and pid <> pg_backend_pid()`

/** Whether the database is up and finds a row. */
async function finds(at: { data: string; port: number }, text: string): Promise<boolean> {
  if (!existsSync(path.join(at.data, 'postgres.password'))) return false
  const client = new pg.Client({ ...connectionOf(at), connectionTimeoutMillis: 1_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    return (await client.query(text)).rowCount === 1
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}
