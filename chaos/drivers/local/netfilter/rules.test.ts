import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCounts } from './counts.ts'
import { endpointOf, isLoopback, matching, meet, type Packets } from './packets.ts'
import { tableName, tableScript } from './rules.ts'

const packets: Packets = { hook: 'input', go: 'to', host: '127.0.0.1', port: 5432 }

test('a share is dropped by chance, all without, and each is counted before', () => {
  const script = (drop: number) => tableScript('gauntlet_x', [{ packets, act: { drop } }]).split('\n')
  const match = 'add rule inet gauntlet_x input ip daddr 127.0.0.1 tcp dport 5432'
  assert.deepEqual(script(0.025), [
    'create table inet gauntlet_x',
    'add chain inet gauntlet_x input { type filter hook input priority filter; policy accept; }',
    `${match} counter comment "came"`,
    `${match} numgen random mod 10000 < 250 counter drop comment "hit"`,
  ])
  assert.equal(script(1).at(-1), `${match} counter drop comment "hit"`)
  assert.match(script(0.000001).at(-1) ?? '', /< 1 /)
})

test('packets are known by the side, the family and the device', () => {
  assert.equal(
    matching({ hook: 'output', go: 'from', port: 80, device: 'eth0' }),
    'oifname "eth0" tcp sport 80',
  )
  assert.equal(matching({ hook: 'input', go: 'from', host: '::1', port: 80 }), 'ip6 saddr ::1 tcp sport 80')
})

test('an address has a port, and a host when it is no name', () => {
  assert.deepEqual(endpointOf('[::1]:80'), { host: '::1', port: 80 })
  assert.deepEqual(endpointOf('10.0.0.1:5432'), { host: '10.0.0.1', port: 5432 })
  assert.deepEqual(endpointOf('db:5432'), { port: 5432 })
  assert.equal(endpointOf('/run/db.sock'), undefined)
  assert.deepEqual(['127.0.0.2:1', '[::1]:1', 'localhost:1', 'db:1'].map(isLoopback), [
    true,
    true,
    true,
    false,
  ])
})

test('packets to a name may be those to any address', () => {
  const { host: _, ...toName } = packets
  assert.ok(meet(packets, toName) && meet(packets, packets))
  for (const other of [{ host: '127.0.0.2' }, { port: 1 }, { go: 'from' }, { hook: 'output' }] as const)
    assert.ok(!meet(packets, { ...packets, ...other }), JSON.stringify(other))
})

test('an injection has a name that nft and the schema of an undo take', () => {
  assert.equal(tableName('20261121-014530-k3f9/db-slow/2'), 'gauntlet_20261121_014530_k3f9_db_slow_2')
})

test('the counters of all rules are added up, by what they count', () => {
  const rule = (comment: string, packets: number) => ({
    rule: { comment, expr: [{ match: {} }, { counter: { packets, bytes: 1 } }, { drop: null }] },
  })
  const nftables = [
    { metainfo: {} },
    rule('came', 7),
    rule('hit', 2),
    rule('came', 3),
    rule('hit', 0),
    rule('else', 9),
  ]
  assert.deepEqual(readCounts(JSON.stringify({ nftables })), { came: 10, hit: 2 })
  assert.equal(readCounts('Error: no such table'), undefined)
})
