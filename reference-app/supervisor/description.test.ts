import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allOff, switchNames } from '../platform/switch-state.ts'
import { layOut } from './data-folder.ts'
import { describe } from './description.ts'
import { portsOf } from './ports.ts'

const stopped = {
  version: '1.2.3',
  ports: portsOf(20_000),
  folder: layOut('/data'),
  vias: {},
  skewableClocks: false,
  switches: allOff,
  live: () => undefined,
}

test('without anything running it tells addresses and ports, and no pids', () => {
  const description = describe(stopped)
  assert.equal(description.schema, 'gauntlet/target/1')
  assert.equal(description.addresses['gateway'], 'http://127.0.0.1:20000')
  assert.deepEqual(
    description.processes.map(({ name, port, ...rest }) => [name, port, Object.keys(rest)]),
    [
      ['postgres', 20_020, ['labels']],
      ['catalogue', 20_001, ['labels']],
      ['orders', 20_002, ['labels']],
      ['order-worker', 20_003, ['labels']],
      ['gateway', 20_000, ['labels']],
    ],
  )
})

test('each process is labelled with its name, for selectors', () => {
  for (const { name, labels } of describe(stopped).processes) assert.equal(labels['app'], name)
})

test('a running process shows pid, start time and state', () => {
  const live = () => ({ state: 'ready', pid: 42, startedAt: 7 }) as const
  const [postgres] = describe({ ...stopped, live }).processes
  assert.deepEqual([postgres?.pid, postgres?.startedAt, postgres?.state], [42, 7, 'ready'])
})

test('with clocks of their own the services name the files that skew them, and PostgreSQL does not', () => {
  const clocks = describe({ ...stopped, skewableClocks: true }).processes.flatMap(
    ({ clock }) => clock?.offsetFile ?? [],
  )
  assert.deepEqual(
    clocks,
    ['catalogue', 'orders', 'order-worker', 'gateway'].map((name) => `/data/clocks/${name}.offset`),
  )
})

test('links join two of its processes, at the port of the second, or all of them to the name server', () => {
  const { links, processes } = describe(stopped)
  for (const link of links) {
    assert.equal(link.name, `${link.from}→${link.to}`)
    assert.equal(link.listen, link.upstream)
    if (link.to === 'dns') continue
    const to = processes.find(({ name }) => name === link.to)
    assert.ok(processes.some(({ name }) => name === link.from))
    assert.equal(link.upstream, `127.0.0.1:${to?.port}`)
  }
})

test('a re-routed link shows where it is dialled now beside where it leads by itself', () => {
  const vias = { 'gateway→orders': { host: '127.0.0.1', port: 9_999 } }
  const rerouted = describe({ ...stopped, vias }).links.filter((link) => link.listen !== link.upstream)
  assert.deepEqual(
    rerouted.map(({ name, listen, upstream }) => [name, listen, upstream]),
    [['gateway→orders', '127.0.0.1:9999', '127.0.0.1:20002']],
  )
})

test('every switch is told, and whether it is on', () => {
  assert.deepEqual(
    describe(stopped).switches.map(({ name }) => name),
    switchNames,
  )
  const [first = 'slow-search'] = switchNames
  const { switches } = describe({ ...stopped, switches: { ...allOff, [first]: true } })
  assert.deepEqual(
    switches.filter(({ on }) => on).map(({ name }) => name),
    [first],
  )
})
