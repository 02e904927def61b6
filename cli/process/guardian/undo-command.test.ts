import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Check } from 'typebox/value'
import { Undo } from '../../../reports/run/index.ts'

const undo = (deletes: object) => ({ kind: 'command', namespace: 4026532178, deletes, does: 'delete it' })

test('a command from a journal deletes what only we name so, and can be no other command', () => {
  const table = (name: string) => Check(Undo, undo({ what: 'nft-table', name }))
  const qdisc = (device: string, handle: string) => Check(Undo, undo({ what: 'tc-qdisc', device, handle }))
  assert.ok(table('gauntlet_20261121_014530_k3f9_slow_1') && qdisc('eth0', '4a7f'))
  for (const name of ['filter', 'gauntlet_x; flush ruleset', 'gauntlet_', 'gauntlet_x y', '--file'])
    assert.ok(!table(name), name)
  for (const device of ['', '-batch', 'eth0 root', 'a-name-too-long-of-a-device'])
    assert.ok(!qdisc(device, '4a7f'), device)
  for (const handle of ['8001', '1', '4a7f:', 'ffff']) assert.ok(!qdisc('lo', handle), handle)
  assert.ok(!Check(Undo, { ...undo({ what: 'nft-table', name: 'gauntlet_x' }), file: 'rm', args: ['-r'] }))
})
