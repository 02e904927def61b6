import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { test } from 'node:test'
import { GauntletError, type SideName } from '../../../reports/run/index.ts'
import { lockPortBlock } from '../../process/ports.ts'
import { RECORDED_PLAN } from '../testing/recorded.ts'
import { portsFor } from './side-ports.ts'
import type { Side } from './sides.ts'

using block = await lockPortBlock(12, 'the test of the ports of two sides')
const [first = 0] = block.ports

/** With `count` it can be told its ports, with 0 it starts where its description says, with null it runs already. */
function side(name: SideName, count: number | null, port = first): Side {
  const start = { command: ['true'], ...(count ? { port: { flag: '--port', count } } : {}) }
  const addresses = { front: `http://127.0.0.1:${port}` }
  const target = { ...RECORDED_PLAN.target, addresses, processes: [{ name: 'front', labels: {}, port }] }
  return {
    side: name,
    given: name,
    path: `/${name}`,
    root: '/',
    config: count === null ? {} : { start },
    target,
  }
}

const refusedAs = (code: string) => (error: unknown) => error instanceof GauntletError && error.code === code

test('two builds that can be told get a block each, side by side', async () => {
  const { base, head } = await portsFor({ base: side('base', 3), head: side('head', 5) }, first)
  assert.deepEqual([base.first, base.ports.length], [first, 3])
  assert.ok(head.first !== undefined && head.first >= first + 3)
  assert.ok(!head.ports.some((port) => base.ports.includes(port)))
})

test('without --port the first free blocks are taken', async () => {
  const { base, head } = await portsFor({ base: side('base', 2), head: side('head', 2) }, undefined)
  assert.ok(base.first !== undefined && head.first !== undefined && base.first !== head.first)
})

test('a build goes out of the way of a target that runs', async () => {
  const { base, head } = await portsFor({ base: side('base', null, first), head: side('head', 2) }, first)
  assert.equal(base.first, undefined)
  assert.ok(!head.ports.includes(first))
})

test('a port of --port that is taken is refused, naming who has it', async () => {
  const holder = createServer().listen(first + 1, '127.0.0.1')
  await once(holder, 'listening')
  try {
    const both = { base: side('base', 2), head: side('head', 2) }
    await assert.rejects(portsFor(both, first), refusedAs('PORT_TAKEN'))
  } finally {
    holder.close()
    await once(holder, 'close')
  }
})

test('two builds that nobody can tell, on the same ports, are refused; one running target twice is not', async () => {
  const builds = { base: side('base', 0), head: side('head', 0) }
  await assert.rejects(portsFor(builds, undefined), refusedAs('SAME_PORTS'))
  const running = { base: side('base', null), head: side('head', null) }
  assert.deepEqual((await portsFor(running, undefined)).base.ports, [first])
})
