import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type StartedCarrier, startEntry } from '../../chaos/drivers/local/carrier/testing.ts'
import type { ResolverState } from '../../chaos/drivers/local/resolver/index.ts'
import { clientOf, startUpstream, TRUTH } from '../../chaos/drivers/local/resolver/testing.ts'
import { until } from '../../reports/run/testing.ts'

const HOUR_MS = 3_600_000
const failing = [{ patterns: ['orders.*'], action: 'error' }]

async function state({ ask }: StartedCarrier): Promise<ResolverState> {
  return (await ask('GET', '/resolver')).body as ResolverState
}

test('starts with no rule and the system’s resolver, is told over HTTP, and ends with its input once nobody is led to it', async () => {
  const upstream = await startUpstream()
  const carrier = await startEntry('resolver', 60_000)
  assert.deepEqual((await state(carrier)).rules, [])
  const told = await carrier.ask('PUT', '/resolver', { upstream: upstream.address, rules: failing })
  assert.equal(told.status, 200, JSON.stringify(told.body))
  const client = clientOf((await state(carrier)).listen)
  await assert.rejects(client.resolve4('orders.test'), { code: 'ESERVFAIL' })
  assert.deepEqual(await client.resolve4('payments.test'), [TRUTH.A])
  assert.deepEqual((await state(carrier)).rules, [{ ...failing[0], asked: 1, failed: 1 }])
  assert.equal((await carrier.ask('DELETE', '/resolver')).status, 200)
  carrier.child.stdin?.end()
  assert.deepEqual(await carrier.exited, { code: 0, signal: null })
})

/** A resolver that was given a rule, and whoever gave it is gone. */
async function leftAlone(passesOnMs: number) {
  const upstream = await startUpstream()
  const carrier = await startEntry('resolver', HOUR_MS, 0, passesOnMs)
  await carrier.ask('PUT', '/resolver', { upstream: upstream.address, rules: failing })
  const client = clientOf((await state(carrier)).listen)
  await assert.rejects(client.resolve4('orders.test'), { code: 'ESERVFAIL' })
  carrier.child.stdin?.end()
  return { carrier, client }
}

test('when its input closes its rules are off, and who was led to it gets the truth', async () => {
  const { carrier, client } = await leftAlone(HOUR_MS)
  const truth = async () => (await client.resolve4('orders.test').catch(() => []))[0]
  await until('the rules are off', async () => (await truth()) === TRUTH.A)
  await assert.rejects(fetch(carrier.url), 'nothing new is begun')
  assert.deepEqual(await client.resolve4('orders.test'), [TRUTH.A])
  carrier.child.kill('SIGTERM')
  assert.deepEqual(await carrier.exited, { code: 0, signal: null })
})

test('one to which links still lead ends in the end', async () => {
  const { carrier } = await leftAlone(300)
  assert.deepEqual(await carrier.exited, { code: 0, signal: null })
})

test('what is malformed is refused by name and changes nothing', async () => {
  const carrier = await startEntry('resolver', 60_000)
  await carrier.ask('PUT', '/resolver', { rules: failing })
  for (const wanted of [
    {},
    { rules: [{ patterns: [], action: 'error' }] },
    { rules: [{ patterns: ['x'], action: 'melt' }] },
    { rules: [{ patterns: ['x'], action: 'delay' }] },
    { rules: [], upstream: 'localhost' },
  ]) {
    const { status, body } = await carrier.ask('PUT', '/resolver', wanted)
    assert.equal(status, 400, JSON.stringify(wanted))
    assert.match(JSON.stringify(body), /the body /)
  }
  assert.equal((await state(carrier)).rules.length, 1)
  carrier.child.kill('SIGTERM')
  assert.deepEqual(await carrier.exited, { code: 0, signal: null })
})

test('without beats the rules go, and questions are still passed on', async () => {
  const upstream = await startUpstream()
  const carrier = await startEntry('resolver', 1500)
  await until('the lease is held', async () => {
    carrier.beat()
    const wanted = { upstream: upstream.address, rules: failing }
    return (await carrier.ask('PUT', '/resolver', wanted)).status === 200
  })
  const client = clientOf((await state(carrier)).listen)
  await until('the rules are gone', async () => (await state(carrier)).rules.length === 0)
  assert.deepEqual(await client.resolve4('orders.test'), [TRUTH.A])
})
