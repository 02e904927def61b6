import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import { links } from '../platform/links.ts'
import {
  answered,
  makeDataFolder,
  onceAcknowledged,
  order,
  type RunningPlaza,
  request,
  seenWithin,
  startPlaza,
  until,
} from '../testing/plaza.ts'
import { type Relay, startRelay, startSilentNameServer } from '../testing/relay.ts'

/** Less than the second after which what is left on an old way is cut. */
const CUT_LATER_MS = 900
/** Less than the second after which the gateway dials anew in any case. */
const DIALS_ANEW_AFTER_MS = 900

describe('the links', { timeout: 540_000 }, () => {
  let plaza: RunningPlaza
  before(async () => {
    plaza = await startPlaza(makeDataFolder())
  })
  after(() => plaza.stop())

  const lead = async (name: string, via: string | null) => {
    const { status, body } = await onceAcknowledged(() =>
      plaza.control<{ error?: string }>('PUT', `/links/${name}`, { via }),
    )
    assert.equal(status, 200, body.error)
  }
  const described = async (name: string) => {
    const link = (await plaza.describe()).links.find((candidate) => candidate.name === name)
    assert.ok(link)
    return link
  }
  const pids = async () => (await plaza.describe()).processes.map(({ pid }) => pid)
  const status = async (place: string) => (await request(`${plaza.gateway}${place}`)).status
  const search = '/api/search?q=espresso'
  const find = async () => {
    const found = await answered(() => request(`${plaza.gateway}${search}`))
    assert.equal(found.status, 200)
  }

  /** Leads the link over a relay to its own end for as long as the work takes. */
  const over = async <Result>(name: string, work: (relay: Relay) => Promise<Result>): Promise<Result> => {
    const { upstream } = await described(name)
    const relay = await startRelay(Number(upstream.split(':')[1]))
    try {
      await lead(name, relay.address)
      return await work(relay)
    } finally {
      await lead(name, null)
      relay.close()
    }
  }

  const traffic: Record<string, () => Promise<unknown>> = {
    'gateway→catalogue': find,
    'gateway→orders': () => order(plaza),
    'catalogue→postgres': find,
    'orders→postgres': () => order(plaza),
    'order-worker→postgres': async () => {
      const id = await order(plaza)
      await until('the order is done', async () => {
        const row = (await plaza.fact()).rows.find((candidate) => candidate.id === id)
        return row !== undefined && row.doneAtUs !== null
      })
    },
  }

  for (const [name, use] of Object.entries(traffic)) {
    test(`${name} goes over another address and back while every process lives on`, async () => {
      const before = await pids()
      await use()
      await over(name, async (relay) => {
        await use()
        assert.ok(relay.accepted() > 0, 'nothing came over the relay')
        assert.equal((await described(name)).listen, relay.address)
        await lead(name, null)
        await until('no connection is left on the old way', () => relay.open() === 0)
        const accepted = relay.accepted()
        await use()
        assert.equal(relay.accepted(), accepted)
      })
      const { listen, upstream } = await described(name)
      assert.equal(listen, upstream)
      assert.deepEqual(await pids(), before)
    })
  }

  test('a request on its way when its links are re-routed is finished on the old way', async () => {
    await plaza.throwSwitch('slow-search', true)
    const logged = () => readFileSync(path.join(plaza.data, 'logs/catalogue.log'), 'utf8')
    const attempt = async (first: Relay, second: Relay) => {
      const before = logged().length
      const searching = Promise.all(Array.from({ length: 8 }, () => status(search)))
      await until('both are busy', () => first.open() > 0 && second.open() > 0)
      const startMs = performance.now()
      await Promise.all([lead('gateway→catalogue', null), lead('catalogue→postgres', null)])
      const statuses = await searching
      const tookMs = performance.now() - startMs
      await until('the old ways are empty', () => first.open() + second.open() === 0)
      return { tookMs, seen: { statuses, log: logged().slice(before) } }
    }
    const { statuses, log } = await seenWithin(CUT_LATER_MS, () =>
      over('gateway→catalogue', (first) => over('catalogue→postgres', (second) => attempt(first, second))),
    )
    assert.deepEqual(statuses, Array(8).fill(200))
    assert.doesNotMatch(log, /an idle database connection broke/)
    await plaza.throwSwitch('slow-search', false)
  })

  for (const name of ['gateway→catalogue', 'catalogue→postgres']) {
    test(`of the old way of ${name} idle connections are closed first, and what hangs is cut later`, async () => {
      const attempt = async (relay: Relay) => {
        await plaza.throwSwitch('slow-search', true)
        await until('many are open', async () => {
          await Promise.all(Array.from({ length: 20 }, () => status(search)))
          return relay.open() >= 10
        })
        await plaza.throwSwitch('slow-search', false)
        relay.holdStill()
        const stuck = status('/api/search?q=hangs')
        await until('the request is on its way', () => relay.swallowed().includes('hangs'))
        const startMs = performance.now()
        await lead(name, null)
        // Besides the request, the catalogue may be asking whether it is ready.
        await until('the idle ones are closed', () => relay.open() <= 2)
        const open = relay.open()
        const tookMs = performance.now() - startMs
        await find()
        assert.equal(await stuck, 503)
        await until('the old way is empty', () => relay.open() === 0)
        return { tookMs, seen: open }
      }
      const open = await seenWithin(CUT_LATER_MS, () => over(name, attempt))
      assert.ok(open > 0, 'all were cut at once')
    })
  }

  test('a service that is restarted dials the way that its link leads then, from the first connection on', async () => {
    await over('catalogue→postgres', async (relay) => {
      const pid = await plaza.pidOf('catalogue')
      const accepted = relay.accepted()
      process.kill(pid, 'SIGKILL')
      await until('another catalogue is ready', async () => {
        const now = await plaza.process('catalogue')
        return now.state === 'ready' && now.pid !== pid
      })
      // The eight connections it warms up, and the one of its readiness.
      assert.ok(relay.accepted() - accepted >= 9)
    })
  })

  test('without names there are no new connections, and with them again there are', async () => {
    const silent = await startSilentNameServer()
    try {
      await find()
      await lead('plaza→dns', silent.address)
      await until('the gateway feels it', async () => (await status(search)) === 503 && silent.asked() > 0)
    } finally {
      await lead('plaza→dns', null)
      silent.close()
    }
    await find()
  })

  test('a gateway that does not answer is named, and follows when it goes on', async () => {
    const pid = await plaza.pidOf('gateway')
    process.kill(pid, 'SIGSTOP')
    const place = '/links/gateway→orders'
    const answer = await plaza.control<{ error: string }>('PUT', place, { via: '127.0.0.1:1' })
    assert.equal(answer.status, 504)
    assert.match(answer.body.error, /not yet acknowledged by gateway$/)
    await lead('orders→postgres', null)
    process.kill(pid, 'SIGCONT')
    await until('it follows', async () => (await status('/api/orders/ord-none')) === 503)
    await lead('gateway→orders', null)
    await until('it is led back', async () => (await status('/api/orders/ord-none')) === 404)
  })

  test('the same way twice is the same way once', async () => {
    const dialledAnew = await seenWithin(DIALS_ANEW_AFTER_MS, () =>
      over('gateway→catalogue', async (relay) => {
        const startMs = performance.now()
        await find()
        const accepted = relay.accepted()
        await lead('gateway→catalogue', relay.address)
        await find()
        return { tookMs: performance.now() - startMs, seen: relay.accepted() - accepted }
      }),
    )
    assert.equal(dialledAnew, 0)
  })

  test('an unknown link is told the known ones, and only an address of the loopback is taken', async () => {
    const unknown = await plaza.control<{ known: string[] }>('PUT', '/links/nothing', { via: null })
    assert.equal(unknown.status, 404)
    assert.deepEqual(
      unknown.body.known,
      links.map(({ name }) => name),
    )
    for (const via of [
      '10.0.0.1:80',
      '127.0.0.1',
      '127.0.0.1:0',
      '127.0.0.1:70000',
      '127.0.0.256:80',
      '',
      7,
    ]) {
      assert.equal((await plaza.control('PUT', '/links/gateway→orders', { via })).status, 400, String(via))
    }
    assert.equal((await plaza.control('PUT', '/links/gateway→orders', {})).status, 400)
    const { listen, upstream } = await described('gateway→orders')
    assert.equal(listen, upstream)
  })
})
