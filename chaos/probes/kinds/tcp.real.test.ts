import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server } from 'node:net'
import { describe, it } from 'node:test'
import { askProbe } from '../ask.ts'
import type { Probe } from '../probe.ts'
import { planned, realClock, sceneWith, targetWith } from '../testing.ts'

async function serve(): Promise<{ server: Server; port: number } & AsyncDisposable> {
  const server = createServer((socket) => void socket.on('error', () => {}).resume()).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { server, port, [Symbol.asyncDispose]: async () => void server.close() }
}

async function closedPort(): Promise<number> {
  await using at = await serve()
  return at.port
}

function ask(port: number, probe: Omit<Probe, 'name'>) {
  const listen = `127.0.0.1:${port}`
  const target = targetWith({
    addresses: { front: `http://${listen}/path` },
    links: [{ name: 'a→b', from: 'a', to: 'b', listen, upstream: 'nowhere.invalid:1' }],
  })
  return askProbe(planned(probe), sceneWith({ target }, { clock: realClock }).scene)
}

describe('a tcp probe', () => {
  it('opens host and port, an address, and a link where its own side dials it; and closes it again', async () => {
    await using at = await serve()
    for (const tcp of [
      { to: `127.0.0.1:${at.port}` },
      { to: `localhost:${at.port}` },
      { address: 'front' },
      { link: 'a→b' },
    ]) {
      const accepted = once(at.server, 'connection')
      const { held, value } = await ask(at.port, { tcp })
      assert.deepEqual([held, value], [true, true])
      const [socket] = await accepted
      if (!socket.destroyed) await once(socket, 'close')
    }
  })

  it('does not hold when it is refused, and holds when that is what is expected', async () => {
    const port = await closedPort()
    const tcp = { to: `127.0.0.1:${port}` }
    assert.deepEqual(await ask(port, { tcp }), {
      held: false,
      seen: `TCP to 127.0.0.1:${port}: connected false (true expected), connect ECONNREFUSED 127.0.0.1:${port}`,
      value: false,
    })
    assert.equal((await ask(port, { tcp, tolerance: false })).held, true)
    assert.equal((await ask(port, { tcp, of: 'latencyMs', tolerance: { min: 0 } })).held, false)
    await using at = await serve()
    assert.equal((await ask(at.port, { tcp: { link: 'a→b' }, tolerance: false })).held, false)
  })

  it('is judged by how long the connection took', async () => {
    await using at = await serve()
    const latency = (tolerance: { min?: number; max?: number }) =>
      ask(at.port, { tcp: { link: 'a→b' }, of: 'latencyMs', tolerance })
    assert.equal((await latency({ min: 0 })).held, true)
    assert.equal((await latency({ max: 0 })).held, false)
  })

  it('a name that nobody knows is no answer, whatever is expected', async () => {
    for (const tolerance of [true, false]) {
      const { held, seen, value } = await ask(1, { tcp: { to: 'nowhere.invalid:1' }, tolerance })
      assert.deepEqual([held, value], [false, undefined])
      assert.match(seen, /^TCP to nowhere\.invalid:1: getaddrinfo/)
    }
    assert.match((await ask(1, { tcp: { link: 'x→y' } })).seen, /describes no such address or link$/)
  })

  it('does not hold when nobody accepts in time', async () => {
    const program = `const server = require('node:net').createServer()
      server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => console.log(server.address().port))`
    const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [line] = await once(child.stdout, 'data')
    const port = Number(String(line))
    child.kill('SIGSTOP')
    // The kernel accepts two for a backlog of one, and answers no more while nobody takes them.
    const fillers = Array.from({ length: 4 }, () => connect(port, '127.0.0.1').on('error', () => {}))
    try {
      await Promise.all(fillers.slice(0, 2).map((one) => once(one, 'connect')))
      const { held, seen } = await ask(port, { tcp: { link: 'a→b', timeout: '100ms' } })
      assert.deepEqual(
        [held, seen],
        [false, 'TCP to a→b: connected false (true expected), not open within 100 ms'],
      )
    } finally {
      for (const one of fillers) one.destroy()
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
  })
})
