import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import { test } from 'node:test'
import { isPortFree, lockPortBlock, portHolders } from './ports.ts'
import { testFolder } from './testing/place.ts'

testFolder()

async function listen(port: number, host = '127.0.0.1'): Promise<Server> {
  const server = createServer().listen(port, host)
  await once(server, 'listening')
  return server
}

test('a port is free until someone listens on it, on any address, and its holder is named', async () => {
  using block = await lockPortBlock(10, 'the test of ports')
  for (const [index, host] of ['127.0.0.1', '0.0.0.0', '::'].entries()) {
    const port = block.ports[index] ?? 0
    assert.equal(await isPortFree(port), true)
    {
      await using _server = await listen(port, host)
      assert.equal(await isPortFree(port), false)
      const [holder] = await portHolders(port)
      assert.match(holder ?? '', new RegExp(`^process ${process.pid} \\(.*node`))
    }
    assert.deepEqual(await portHolders(port), [])
  }
})

test('many who look at a free port at once do not report each other', {
  skip: process.platform !== 'linux' && 'no /proc/net/tcp',
}, async () => {
  using block = await lockPortBlock(1, 'the test of finders')
  const [port = 0] = block.ports
  const found = await Promise.all(Array.from({ length: 20 }, () => portHolders(port)))
  assert.deepEqual(found.flat(), [])
})

test('a number that is no port is refused by name, not by the system', async () => {
  for (const port of [0, 70_000, 1.5]) {
    await assert.rejects(isPortFree(port), { code: 'NO_SUCH_PORT', message: `there is no port ${port}` })
    await assert.rejects(portHolders(port), { code: 'NO_SUCH_PORT' })
  }
})

test('two blocks never share a port, and a block with a taken port is passed over', async () => {
  using first = await lockPortBlock(40, 'the first')
  using second = await lockPortBlock(10, 'the second')
  assert.deepEqual(
    first.ports.filter((port) => second.ports.includes(port)),
    [],
  )
  first.release()
  await using _taken = await listen(first.ports[5] ?? 0)
  using third = await lockPortBlock(40, 'the third', () => (first.ports[0]! - 20_000) / 40)
  assert.notEqual(third.ports[0], first.ports[0])
})
