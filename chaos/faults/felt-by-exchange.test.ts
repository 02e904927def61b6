import assert from 'node:assert/strict'
import { createServer, type RequestListener } from 'node:http'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import type { TargetLink } from '../../reports/run/index.ts'
import { onLoopback } from '../../reports/run/testing/loopback.ts'
import type { Toxic } from '../drivers/local/links/index.ts'
import type { EffectProof } from './fault-kind.ts'
import { feltByExchange } from './felt-by-exchange.ts'

const DELAY: Toxic = {
  type: 'latency',
  stream: 'downstream',
  toxicity: 1,
  attributes: { latency: 50 },
}

/** Its address, `host:port`. */
const serving = async (context: TestContext, answer: RequestListener): Promise<string> =>
  new URL(await onLoopback(createServer(answer), context)).host

const after = (ms: (n: number) => number): RequestListener => {
  let n = 0
  return (_request, response) => void wait(ms(n++)).then(() => response.end('ok'))
}

const linkTo = (upstream: string): TargetLink => ({
  name: 'front→back',
  from: 'front',
  to: 'back',
  listen: upstream,
  upstream,
})

/** What is told in the end of a delay of 50 ms through a proxy that acts. */
async function told(upstream: string, context: TestContext): Promise<EffectProof> {
  const via = await serving(
    context,
    after(() => 60),
  )
  const felt = await feltByExchange(linkTo(upstream), via)
  for (;;) {
    const proof = await felt([DELAY])
    if (proof !== undefined) return proof
  }
}

test('a machine that was busy while it was asked straight makes no mismatch of a delay that acts', async (context) => {
  const busyAtFirst = after((n) => (n < 3 ? 100 : 0))
  assert.equal((await told(await serving(context, busyAtFirst), context)).proof, 'confirmed')
})

test('a service that was silent once speaks HTTP all the same', async (context) => {
  let n = 0
  const upstream = await serving(context, (_request, response) => void (n++ > 0 && response.end('ok')))
  assert.equal((await told(upstream, context)).proof, 'confirmed')
})

test('an answer in less than the delay went past it', async (context) => {
  const atOnce = after(() => 0)
  const address = await serving(context, atOnce)
  const slow: Toxic = { ...DELAY, attributes: { latency: 30_000 } }
  const proof = await (await feltByExchange(linkTo(address), address))([slow])
  assert.equal(proof?.proof, 'mismatch')
})
