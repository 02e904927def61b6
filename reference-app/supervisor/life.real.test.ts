import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import { listen, onFreeBlock } from '../testing/free-block.ts'
import {
  answered,
  bearer,
  findMarked,
  makeDataFolder,
  order,
  type RunningPlaza,
  request,
  runOnFreeBlock,
  runPlaza,
  startPlaza,
  until,
} from '../testing/plaza.ts'
import type { Description } from './description.ts'

interface Found {
  readonly items: readonly { title: string; featured: boolean; distanceKm: number | null }[]
}

describe('a running Plaza', { timeout: 540_000 }, () => {
  let plaza: RunningPlaza
  before(async () => {
    plaza = await startPlaza(makeDataFolder())
  })
  after(() => plaza.stop())

  test('says how it is ended', () =>
    until('it is said', () => /^plaza: Ctrl-C ends it$/m.test(plaza.stderr())))

  const look = (query: string) => request<Found>(`${plaza.gateway}/api/search?${query}`)
  const search = (query: string) => answered(() => look(query))

  test('finds by words and place, featured first and then the nearest', async () => {
    const { status, body } = await search('q=espre&near=47.3769,8.5417&radiusKm=5&limit=20')
    assert.equal(status, 200)
    assert.equal(body.items.length, 20)
    assert.ok(body.items.every((item) => /espresso/i.test(item.title) && (item.distanceKm ?? 99) <= 5))
    const ranks = body.items.map((item) => (item.featured ? 0 : 1_000) + (item.distanceKm ?? 0))
    assert.deepEqual(
      ranks,
      ranks.toSorted((left, right) => left - right),
    )
    assert.ok(body.items.some((item) => item.featured))
  })

  test('finds by place alone what it finds by place and a word that all coupons there have', async () => {
    const place = 'near=46.948,7.4474&radiusKm=3&limit=50'
    const byPlace = await search(place)
    const byBoth = await search(`q=bern&${place}`)
    assert.equal(byPlace.body.items.length, 50)
    const distances = (found: Found) => found.items.map((item) => [item.featured, item.distanceKm])
    assert.deepEqual(distances(byPlace.body), distances(byBoth.body))
  })

  test('finds nothing in the middle of nowhere, and refuses a place that is none', async () => {
    assert.deepEqual((await search('near=0,0')).body.items, [])
    assert.equal((await search('near=here')).status, 400)
  })

  test('gives one coupon, and 404 for one that is not there', async () => {
    const coupon = await request<{ id: number }>(`${plaza.gateway}/api/coupons/20000`)
    assert.deepEqual([coupon.status, coupon.body.id], [200, 20_000])
    assert.equal((await request(`${plaza.gateway}/api/coupons/20001`)).status, 404)
  })

  test('an order is acknowledged, worked on once, and shown with its voucher', async () => {
    const id = await order(plaza)
    const look = () => request<{ state: string; voucher: string }>(`${plaza.gateway}/api/orders/${id}`)
    await until('the order is done', async () => (await look()).body.state === 'done')
    assert.match((await look()).body.voucher, /^[0-9A-F]{20}$/)
    const row = (await plaza.fact()).rows.find((candidate) => candidate.id === id)
    assert.equal(row?.effects, 1)
    assert.ok(Number.isInteger(row?.doneAtUs))
  })

  test('the same key gives the same order, also ten at once, and another body is refused', async () => {
    const ids = await Promise.all(Array.from({ length: 10 }, () => order(plaza, 'one-and-the-same')))
    assert.equal(new Set(ids).size, 1)
    const other = await request(`${plaza.gateway}/api/orders`, {
      method: 'POST',
      body: { couponId: 8, memberId: 'member-1' },
      headers: { 'idempotency-key': 'one-and-the-same' },
    })
    assert.equal(other.status, 422)
  })

  test('what PostgreSQL could not hold is refused as the asker’s mistake, not answered as ours', async () => {
    const ordered = await request(`${plaza.gateway}/api/orders`, {
      method: 'POST',
      body: { couponId: 7, memberId: 'a\0b' },
      headers: { 'idempotency-key': 'with-a-nul-byte' },
    })
    assert.equal(ordered.status, 400)
    assert.equal((await request(`${plaza.gateway}/api/orders/%00`)).status, 400)
    assert.equal((await search('q=%00espresso%00')).body.items.length, 20)
    assert.equal((await plaza.control('GET', '/facts/orders?sinceUs=1e30')).status, 400)
  })

  test('the fact tells only of orders accepted since', async () => {
    await order(plaza)
    const { atUs } = await plaza.fact()
    const id = await order(plaza)
    const { body } = await plaza.control<{ rows: { id: string }[] }>('GET', `/facts/orders?sinceUs=${atUs}`)
    assert.deepEqual(
      body.rows.map((row) => row.id),
      [id],
    )
  })

  test('serves a page whose headline needs no script, compressed, with files that may be kept', async () => {
    const page = await fetch(plaza.gateway, { headers: { 'accept-encoding': 'br' } })
    const text = await page.text()
    assert.equal(page.headers.get('content-encoding'), 'br')
    assert.match(text, /<h1>Good things near you/)
    const script = /src="(\/assets\/[^"]+)"/.exec(text)?.[1]
    const answer = await fetch(plaza.gateway + script)
    await answer.body?.cancel()
    assert.match(answer.headers.get('cache-control') ?? '', /immutable/)
  })

  test('every service answers /health in exactly the agreed words, and /metrics', async () => {
    for (const { name, port } of (await plaza.describe()).processes) {
      if (name === 'postgres') continue
      const { body } = await request<Record<string, unknown>>(`http://127.0.0.1:${port}/health`)
      assert.deepEqual(Object.keys(body), ['status', 'service', 'version', 'uptimeSeconds'])
      assert.deepEqual([body['status'], body['service']], ['ok', name])
      const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
      assert.match(metrics, /http_request_duration_seconds_count/)
    }
  })

  test('describes itself alike on request and in its file, with live pids', async () => {
    const described = await plaza.describe()
    const written = JSON.parse(readFileSync(path.join(plaza.data, 'target.json'), 'utf8'))
    assert.deepEqual(withoutStates(described), withoutStates(written))
    assert.ok(described.processes.every(({ startedAt = 0 }) => startedAt > 0))
    const areReady = async () => (await plaza.describe()).processes.every(({ state }) => state === 'ready')
    await until('all are ready', areReady)
  })

  test('the control asks for its token and knows its names', async () => {
    const control = (await plaza.describe()).control.url
    assert.equal((await request(`${control}/describe`)).status, 401)
    assert.equal((await request(`${control}/describe`, { headers: bearer('guess') })).status, 401)
    const unknown = await plaza.control<{ known: string[] }>('PUT', '/switches/nothing', { on: true })
    assert.equal(unknown.status, 404)
    assert.ok(unknown.body.known.includes('hang'))
    assert.equal((await plaza.control('PUT', '/processes/nothing', { desired: 'running' })).status, 404)
  })

  test('no log holds the token, and only its owner can read it', async () => {
    const tokenFile = path.join(plaza.data, 'control.token')
    const token = readFileSync(tokenFile, 'utf8')
    assert.equal(statSync(tokenFile).mode & 0o777, 0o600)
    for (const name of readdirSync(path.join(plaza.data, 'logs'))) {
      assert.ok(!readFileSync(path.join(plaza.data, 'logs', name), 'utf8').includes(token), name)
    }
  })

  test('a process that is wanted down stays down, and comes back when it is wanted', async () => {
    await plaza.control('PUT', '/processes/catalogue', { desired: 'stopped' })
    const stopped = await plaza.process('catalogue')
    assert.deepEqual([stopped.state, stopped.pid], ['stopped', undefined])
    assert.equal((await look('q=espresso')).status, 503)
    await plaza.control('PUT', '/processes/catalogue', { desired: 'running' })
    await until('the catalogue is back', async () => (await plaza.process('catalogue')).state === 'ready')
    assert.equal((await search('q=espresso')).status, 200)
  })

  test('a database that is wanted down stays down, and when it is back all go on by themselves', async () => {
    const pids = async () =>
      (await plaza.describe()).processes.filter(({ name }) => name !== 'postgres').map(({ pid }) => pid)
    const before = await pids()
    const id = await order(plaza)
    await plaza.control('PUT', '/processes/postgres', { desired: 'stopped' })
    assert.deepEqual((await plaza.process('postgres')).state, 'stopped')
    assert.equal((await look('q=espresso')).status, 503)
    // Longer than a restart would take; there is no event to wait for when nothing happens.
    await new Promise((resolve) => setTimeout(resolve, 2_000))
    assert.deepEqual((await plaza.process('postgres')).pid, undefined)
    await plaza.control('PUT', '/processes/postgres', { desired: 'running' })
    await until('the database is back', async () => (await plaza.process('postgres')).state === 'ready')
    const ids = [id, await order(plaza)]
    const done = async () =>
      (await plaza.fact()).rows.filter((row) => ids.includes(row.id) && row.doneAtUs !== null)
    await until('both orders are done', async () => (await done()).length === 2)
    assert.equal((await search('q=espresso')).status, 200)
    assert.deepEqual(await pids(), before)
  })

  test('a second Plaza is refused the data folder and the ports, naming who has them', async () => {
    const sameData = await runOnFreeBlock(['--data', plaza.data])
    assert.equal(sameData.code, 2)
    assert.match(sameData.stderr, new RegExp(`in use by another Plaza, pid ${plaza.child.pid}`))
    const samePorts = await runPlaza(['--port', String(plaza.port), '--data', makeDataFolder()])
    assert.equal(samePorts.code, 2)
    assert.match(samePorts.stderr, new RegExp(`held by pid ${plaza.child.pid} `))
  })

  test('stops on SIGTERM with 0 and leaves nothing running', async () => {
    assert.equal(await plaza.stop(), 0)
    assert.deepEqual(findMarked(plaza.mark), [])
    assert.ok(!existsSync(path.join(plaza.data, 'target.json')))
  })
})

/** A service that was slow to answer is not ready until it is asked again. */
function withoutStates(description: Description): unknown {
  return { ...description, processes: description.processes.map((one) => ({ ...one, state: undefined })) }
}

test('a port held by another program is refused by that program’s pid', async () => {
  const { port, server } = await onFreeBlock(async (port) => {
    const server = await listen(port)
    return server === undefined ? 'taken' : { port, server }
  })
  try {
    const { code, stderr } = await runPlaza(['--port', String(port), '--data', makeDataFolder()])
    assert.equal(code, 2)
    assert.match(stderr, new RegExp(`port ${port} is held by pid ${process.pid} `))
  } finally {
    server.close()
  }
})
