import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseManifestValue } from '../model/manifests/index.ts'
import { faultOf } from './index.ts'
import { dropped } from './kinds/packet-filter.ts'
import { passedThrough } from './kinds/packet-shaping.ts'

function kindOf(spec: object, annotations: object = {}): string | undefined {
  const whole = { mode: 'all', selector: { labelSelectors: { app: 'x' } }, ...spec }
  const head = {
    apiVersion: 'chaos-mesh.org/v1alpha1',
    kind: 'NetworkChaos',
    metadata: { name: 'x', annotations },
  }
  const { value, complaints } = parseManifestValue({ ...head, spec: whole }, 'x')
  assert.ok(value?.kind === 'NetworkChaos', JSON.stringify(complaints))
  return faultOf(value)?.kind
}

const asked = { 'gauntlet/driver': 'packets' }
const delay = { latency: '5ms' }

for (const [spec, annotations, kind] of [
  [{ action: 'partition' }, {}, 'network-partition'],
  [{ action: 'partition' }, asked, 'packet-filter'],
  [{ action: 'partition', device: 'eth0' }, {}, 'packet-filter'],
  [{ action: 'loss', loss: { loss: '5' } }, {}, 'network-shaping'],
  [{ action: 'loss', loss: { loss: '5', correlation: '0' } }, asked, 'packet-filter'],
  [{ action: 'loss', loss: { loss: '5', correlation: '25' } }, asked, 'packet-shaping'],
  [{ action: 'delay', delay }, {}, 'network-shaping'],
  [{ action: 'delay', delay }, { 'gauntlet/driver': 'proxy' }, 'network-shaping'],
  [{ action: 'delay', delay }, asked, 'packet-shaping'],
  [{ action: 'delay', delay: { ...delay, reorder: { reorder: '5', gap: 0 } } }, {}, 'packet-shaping'],
  [{ action: 'corrupt', corrupt: { corrupt: '1' } }, {}, 'packet-shaping'],
  [{ action: 'duplicate', duplicate: { duplicate: '1' } }, {}, 'packet-shaping'],
] as const)
  test(`${kind} does ${JSON.stringify(spec)} ${JSON.stringify(annotations)}`, () =>
    assert.equal(kindOf(spec, annotations), kind))

test('packets of which none was dropped are a mismatch only when that is no accident', () => {
  assert.equal(dropped({ came: 30, hit: 1 }, 0.3)?.proof, 'confirmed')
  assert.equal(dropped({ came: 30, hit: 0 }, 0.3), undefined)
  assert.equal(dropped({ came: 40, hit: 0 }, 0.3)?.proof, 'mismatch')
  assert.equal(dropped({ came: 0, hit: 0 }, 1), undefined)
  assert.equal(dropped(undefined, 1)?.proof, 'mismatch')
})

test('a bucket that let all pass at once proves nothing', () => {
  const leaf = { handle: '4001:', dev: 'lo', packets: 9 }
  assert.equal(passedThrough({ ...leaf, kind: 'tbf', overlimits: 0, drops: 0 }), undefined)
  assert.equal(passedThrough({ ...leaf, kind: 'tbf', overlimits: 2 })?.proof, 'confirmed')
  assert.equal(passedThrough({ ...leaf, kind: 'netem' })?.proof, 'confirmed')
  assert.equal(passedThrough(undefined)?.proof, 'mismatch')
})
