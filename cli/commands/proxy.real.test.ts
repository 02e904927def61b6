import assert from 'node:assert/strict'
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { toxiproxy, whyNoToxiproxy } from '../house/benches/proxy/toxiproxy.ts'
import { lockPortBlock } from '../process/ports.ts'

const COMMAND = join(import.meta.dirname, '../gauntlet.cjs')
const block = await lockPortBlock(2, 'the test of gauntlet proxy')
const [PORT = 0] = block.ports
const run = promisify(execFile)
const skip = whyNoToxiproxy() ?? false
const folder = mkdtempSync(join(tmpdir(), 'gauntlet-proxy-'))
const upstream = createServer((socket) => void socket.pipe(socket))
let link = ''

async function portOf(server: ReturnType<typeof createServer>): Promise<number> {
  if (!server.listening) await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

let proxy: ChildProcess | undefined

before(async () => {
  link = `127.0.0.1:${await portOf(upstream)}`
  const config = [{ name: 'from-file', listen: '127.0.0.1:0', upstream: link }]
  writeFileSync(join(folder, 'toxiproxy.json'), JSON.stringify(config))
  const args = [COMMAND, 'proxy', '--port', String(PORT), '--config', 'toxiproxy.json']
  const child = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
  proxy = child
  const [line] = await once(createInterface({ input: child.stderr }), 'line')
  assert.match(line, new RegExp(`http://127.0.0.1:${PORT}`))
})

after(() => {
  proxy?.kill()
  upstream.close()
  rmSync(folder, { recursive: true })
  block.release()
})

/** Toxiproxy's own client, against ours. */
async function cli(...args: readonly string[]): Promise<string> {
  const { stdout } = await run(toxiproxy('cli'), ['--host', `http://127.0.0.1:${PORT}`, ...args])
  return stdout
}

/** What an echo through the proxy says, or why there is none. */
function answers(port: number): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1' })
  socket.write('hello')
  return new Promise((resolve) => {
    socket.once('data', (bytes) => {
      resolve(String(bytes))
      socket.destroy()
    })
    socket.once('error', ({ message }) => resolve(message))
    socket.once('close', () => resolve('closed'))
  })
}

test("Toxiproxy's own client creates, lists, changes, switches and deletes", { skip }, async () => {
  assert.match(await cli('list'), /from-file/)
  assert.match(await cli('create', '-l', '127.0.0.1:0', '-u', link, 'ours'), /Created new proxy ours/)
  const port = Number(/ours\s+127\.0\.0\.1:(\d+)/.exec(await cli('list'))?.[1])
  assert.equal(await answers(port), 'hello')

  await cli('toxic', 'add', '-t', 'latency', '-a', 'latency=7', '-n', 'slow', 'ours')
  await cli('toxic', 'update', '-n', 'slow', '-a', 'latency=9', '--toxicity', '0.5', 'ours')
  assert.match(await cli('inspect', 'ours'), /slow.*\n?.*latency=9/)
  await cli('toxic', 'add', '-t', 'limit_data', '-a', 'bytes=2', '-u', 'ours')
  assert.notEqual(await answers(port), 'hello')
  await cli('toxic', 'remove', '-n', 'limit_data_upstream', 'ours')
  await cli('toxic', 'remove', '-n', 'slow', 'ours')
  assert.equal(await answers(port), 'hello')

  assert.match(await cli('toggle', 'ours'), /disabled/)
  assert.notEqual(await answers(port), 'hello')
  assert.match(await cli('toggle', 'ours'), /enabled/)
  assert.equal(await answers(port), 'hello')
  await cli('delete', 'ours')
  assert.doesNotMatch(await cli('list'), /ours/)
})

/** Ends with exit 2; what people read. */
async function refused(...args: readonly string[]): Promise<string> {
  const ended = await run(process.execPath, [COMMAND, 'proxy', ...args], { cwd: folder }).then(
    () => assert.fail('it was not refused'),
    (error: { readonly code: number; readonly stderr: string }) => error,
  )
  assert.equal(ended.code, 2, ended.stderr)
  return ended.stderr
}

test('a port that is taken names who has it; proxies that cannot be served say why', async () => {
  assert.match(
    await refused('--port', String(PORT)),
    new RegExp(`port ${PORT} on 127.0.0.1 is taken by process \\d+`),
  )
  const other = ['--port', String(PORT + 1), '--config']
  assert.match(await refused(...other, 'none.json'), /there is no file .*none\.json[\s\S]*a JSON list of/)
  const taken = [{ name: 'taken', listen: `127.0.0.1:${PORT}`, upstream: link }]
  writeFileSync(join(folder, 'taken.json'), JSON.stringify(taken))
  assert.match(
    await refused(...other, 'taken.json'),
    new RegExp(
      `the proxies of .* are not served: listen tcp 127.0.0.1:${PORT}: bind: address already in use`,
    ),
  )
})

test('Ctrl-C ends it well', async () => {
  proxy?.kill('SIGINT')
  assert.deepEqual(await once(proxy!, 'exit'), [0, null])
})
