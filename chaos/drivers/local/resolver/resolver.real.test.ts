import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { connect } from 'node:net'
import { after, test } from 'node:test'
import { decode, encode } from 'dns-packet'
import type { ResolverWanted } from './model.ts'
import { startResolver } from './resolver.ts'
import { askRawByTcp, askRawByUdp, clientOf, STRANGE, startUpstream, TRUTH, truth } from './testing.ts'

type Rules = ResolverWanted['rules']

async function scene(rules: Rules = []) {
  const upstream = await startUpstream()
  const resolver = await startResolver({ port: 0, upstream: upstream.address, random: () => 0.5 })
  after(() => resolver.close())
  resolver.want({ upstream: upstream.address, rules })
  const { listen } = resolver.see()
  return { upstream, resolver, listen, client: clientOf(listen) }
}

function answering(code: string) {
  return (cause: NodeJS.ErrnoException) => {
    assert.equal(cause.code, code)
    return true
  }
}

const onOrders = (action: 'error' | 'random' | 'nxdomain' | 'timeout'): Rules => [
  { patterns: ['orders.*'], action },
]

test('without a rule the upstream answers', async () => {
  const { client, resolver } = await scene()
  assert.deepEqual(await client.resolve4('orders.test'), [TRUTH.A])
  assert.deepEqual(await client.resolve6('orders.test'), [TRUTH.AAAA])
  assert.equal(resolver.see().forwarded, 2)
})

for (const [action, code] of [
  ['error', 'ESERVFAIL'],
  ['nxdomain', 'ENOTFOUND'],
  ['timeout', 'ETIMEOUT'],
] as const)
  test(`${action} is ${code} to those who ask for a name that fits, and nobody else; it is counted`, async () => {
    const { client, upstream, resolver, listen } = await scene(onOrders(action))
    const asking = action === 'timeout' ? clientOf(listen, 1000) : client
    await assert.rejects(asking.resolve4('orders.test'), answering(code))
    assert.equal(upstream.seen.length, 0)
    assert.deepEqual(await client.resolve4('payments.test'), [TRUTH.A])
    const { rules } = resolver.see()
    assert.deepEqual(rules, [{ patterns: ['orders.*'], action, asked: 1, failed: 1 }])
    resolver.takeBack()
    assert.deepEqual(await client.resolve4('orders.test'), [TRUTH.A])
  })

test('random answers with an address where nobody is, for A and AAAA, and leaves other types alone', async () => {
  const { client, resolver } = await scene(onOrders('random'))
  assert.deepEqual(await client.resolve4('orders.test', { ttl: true }), [
    { address: '198.51.100.128', ttl: 0 },
  ])
  assert.deepEqual(await client.resolve6('orders.test'), ['2001:db8:8080:8080:8080:8080:8080:8080'])
  assert.deepEqual(await client.resolveTxt('orders.test'), [[TRUTH.TXT]])
  const [rule] = resolver.see().rules
  assert.deepEqual([rule?.asked, rule?.failed], [3, 2])
})

test('the first rule that fits decides', async () => {
  const { client } = await scene([
    { patterns: ['orders.test'], action: 'nxdomain' },
    { patterns: ['*'], action: 'error' },
  ])
  await assert.rejects(client.resolve4('orders.test'), answering('ENOTFOUND'))
  await assert.rejects(client.resolve4('payments.test'), answering('ESERVFAIL'))
})

test('a delayed question reaches the upstream late, and at once when the delay is taken back', async () => {
  const rules: Rules = [{ patterns: ['orders.*'], action: 'delay', delayMs: 60_000 }]
  const { listen, upstream, resolver, client } = await scene(rules)
  const delayed = askRawByUdp(
    listen,
    encode({ type: 'query', id: 1, questions: [{ name: 'orders.x', type: 'A' }] }),
  )
  assert.deepEqual(await client.resolve4('payments.test'), [TRUTH.A])
  assert.equal(upstream.seen.length, 1)
  assert.equal(resolver.see().rules[0]?.failed, 1)
  resolver.takeBack()
  assert.equal(decode(await delayed).id, 1)
})

test('a delay is as long as it says, and its answer is the truth', async () => {
  const { client } = await scene([{ patterns: ['*'], action: 'delay', delayMs: 300 }])
  const start = performance.now()
  assert.deepEqual(await client.resolve4('orders.test'), [TRUTH.A])
  assert.ok(performance.now() - start >= 299)
})

test('the same rules again keep their counts, others start at zero', async () => {
  const { client, resolver } = await scene(onOrders('error'))
  await assert.rejects(client.resolve4('orders.test'))
  resolver.want({ rules: onOrders('error') })
  assert.equal(resolver.see().rules[0]?.asked, 1)
  resolver.want({ rules: onOrders('nxdomain') })
  assert.equal(resolver.see().rules[0]?.asked, 0)
})

test('what nobody knows passes untouched, there and back, by UDP and by TCP', async () => {
  const { listen, upstream } = await scene([{ patterns: ['payments.*'], action: 'error' }])
  assert.deepEqual(await askRawByUdp(listen, STRANGE), truth(STRANGE))
  assert.deepEqual(await askRawByTcp(listen, [STRANGE]), [truth(STRANGE)])
  assert.deepEqual(upstream.seen, [
    { transport: 'udp', query: STRANGE },
    { transport: 'tcp', query: STRANGE },
  ])
})

test('several questions on one TCP connection are all answered, cut wherever the network likes', async () => {
  const { listen } = await scene(onOrders('nxdomain'))
  const names = ['orders.test', 'payments.test', 'orders.x', 'media.test']
  const queries = names.map((name, id) => encode({ type: 'query', id, questions: [{ name, type: 'A' }] }))
  const answers = (await askRawByTcp(listen, queries)).map((answer) => decode(answer))
  const found = answers.map(({ id, answers: records = [] }) => [id, records.length])
  assert.deepEqual(found.sort(), [
    [0, 0],
    [1, 1],
    [2, 0],
    [3, 1],
  ])
  const framed = Buffer.concat([Buffer.from([0, queries[1]?.length ?? 0]), queries[1] ?? Buffer.alloc(0)])
  const socket = connect(Number(listen.split(':')[1]), '127.0.0.1').setNoDelay(true)
  for (const byte of framed) await new Promise((sent) => socket.write(Buffer.from([byte]), sent))
  const [answer] = await once(socket, 'data')
  assert.equal(decode(answer.subarray(2)).id, 1)
  socket.destroy()
})

test('an upstream where nobody listens is SERVFAIL, counted as unanswered', async () => {
  const { client, resolver, listen } = await scene()
  const nobody = createSocket('udp4').bind(0, '127.0.0.1')
  await once(nobody, 'listening')
  const upstream = `127.0.0.1:${nobody.address().port}`
  nobody.close()
  resolver.want({ upstream, rules: [] })
  await assert.rejects(client.resolve4('orders.test'), answering('ESERVFAIL'))
  const [byTcp] = await askRawByTcp(listen, [STRANGE])
  assert.equal((decode(byTcp ?? STRANGE) as { rcode?: string }).rcode, 'SERVFAIL')
  assert.equal(resolver.see().unanswered, 2)
})

test('garbage by UDP and TCP is counted, answered with FORMERR where it has a header, and harms nobody', async () => {
  const { listen, client, resolver } = await scene()
  const formerr = decode(await askRawByUdp(listen, Buffer.from('beef01000001000000000000c00c', 'hex')))
  assert.equal((formerr as { rcode?: string }).rcode, 'FORMERR')
  const socket = createSocket('udp4')
  for (const size of [0, 1, 11, 12, 500])
    socket.send(Buffer.alloc(size, 0xff), Number(listen.split(':')[1]), '127.0.0.1')
  const broken = connect(Number(listen.split(':')[1]), '127.0.0.1')
  broken.write(Buffer.from([0, 3, 1, 2, 3, 0, 0, 255, 255, 1]))
  broken.end()
  await once(broken.resume(), 'close')
  assert.deepEqual(await client.resolve4('orders.test'), [TRUTH.A])
  socket.close()
  assert.ok(resolver.see().malformed >= 3, `${resolver.see().malformed}`)
})

test('100 questions at once are all answered', async () => {
  const { client } = await scene()
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, number) => client.resolve4(`n${number}.test`)),
  )
  assert.ok(answers.every(([address]) => address === TRUTH.A))
})

test('a port that is taken is refused, not shared', async () => {
  const { listen, upstream } = await scene()
  const port = Number(listen.split(':')[1])
  await assert.rejects(
    startResolver({ port, upstream: upstream.address, random: Math.random }),
    answering('EADDRINUSE'),
  )
})
