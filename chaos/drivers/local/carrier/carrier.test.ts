import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { after, test } from 'node:test'
import { until } from '../../../../reports/run/testing.ts'
import { serveAsCarrier } from './carrier.ts'

function load() {
  const seen = { asked: [] as string[], takenBack: 0 }
  return {
    seen,
    load: {
      answer: async ({ method, body }: { method: string; body: unknown }) => {
        seen.asked.push(`${method} ${JSON.stringify(body)}`)
        if (method === 'POST') throw new Error('a mistake of ours')
        return { status: 200, body: { ok: true } }
      },
      takeBack: async () => {
        seen.takenBack += 1
      },
    },
  }
}

async function carrier(leaseMs: number) {
  const input = new PassThrough()
  const { seen, load: carried } = load()
  const started = await serveAsCarrier({ load: carried, input, leaseMs })
  after(() => started.end())
  const ask = async (method: string, body?: string) =>
    (await fetch(started.url, { method, ...(body !== undefined && { body }) })).status
  return { input, seen, started, ask }
}

test('under its lease a request is answered, a body that is no JSON refused, and a mistake of ours is a 500', async () => {
  const { input, seen, started, ask } = await carrier(60_000)
  assert.deepEqual(
    [await ask('GET'), await ask('PUT', '{"on":1}'), await ask('PUT', '{'), await ask('POST')],
    [200, 200, 400, 500],
  )
  assert.deepEqual(seen.asked, ['GET undefined', 'PUT {"on":1}', 'POST undefined'])
  input.end()
  await started.over
})

test('a lease that ran out takes everything back, and until it is renewed nothing new begins', async () => {
  const { input, seen, started, ask } = await carrier(50)
  await until('the lease runs out', () => seen.takenBack === 1)
  assert.deepEqual([await ask('PUT', '{}'), await ask('GET')], [409, 200])
  const renewed = startedAgain(input, () => ask('PUT', '{}'))
  await until('a renewed lease lets a request through', renewed)
  input.end()
  await started.over
})

function startedAgain(input: PassThrough, put: () => Promise<number>): () => Promise<boolean> {
  return async () => {
    input.write('\n')
    return (await put()) === 200
  }
}

for (const [what, close] of [
  ['its input closes', (input: PassThrough) => void input.end()],
  ['its input breaks', (input: PassThrough) => void input.destroy(new Error('broken pipe'))],
] as const)
  test(`when ${what} everything is taken back and it is over`, async () => {
    const { input, seen, started } = await carrier(60_000)
    close(input)
    await started.over
    assert.equal(seen.takenBack, 1)
    await assert.rejects(fetch(started.url))
  })

test('when it is ended everything is taken back, though somebody still renews the lease', async () => {
  const { seen, started } = await carrier(60_000)
  started.end()
  await started.over
  assert.equal(seen.takenBack, 1)
})
