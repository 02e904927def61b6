import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseManifestValue } from '../../../model/manifests/index.ts'
import { leafOf } from './leaf.ts'
import { foreignRoot, readQdiscs } from './qdiscs.ts'

function words(spec: object): string | undefined {
  const whole = { mode: 'all', selector: { labelSelectors: { app: 'x' } }, ...spec }
  const manifest = {
    apiVersion: 'chaos-mesh.org/v1alpha1',
    kind: 'NetworkChaos',
    metadata: { name: 'x' },
    spec: whole,
  }
  const { value, complaints } = parseManifestValue(manifest, 'x')
  assert.ok(value?.kind === 'NetworkChaos', JSON.stringify(complaints))
  const leaf = leafOf(value.spec)
  return leaf && [leaf.kind, ...leaf.options].join(' ')
}

for (const [spec, expected] of [
  [{ action: 'delay', delay: { latency: '120ms' } }, 'netem delay 120000us'],
  [
    {
      action: 'delay',
      delay: {
        latency: '1.5s',
        jitter: '15ms',
        correlation: '25',
        reorder: { reorder: '5', correlation: '50', gap: 3 },
      },
    },
    'netem delay 1500000us 15000us 25% reorder 5% 50% gap 3',
  ],
  [{ action: 'loss', loss: { loss: '2.5', correlation: '10' } }, 'netem loss random 2.5% 10%'],
  [{ action: 'duplicate', duplicate: { duplicate: '1' } }, 'netem duplicate 1%'],
  [{ action: 'corrupt', corrupt: { corrupt: '0.1', correlation: '3' } }, 'netem corrupt 0.1% 3%'],
  [{ action: 'rate', rate: { rate: '1mbps' } }, 'netem rate 8388608bit'],
  [
    { action: 'netem', delay: { latency: '5ms' }, loss: { loss: '1' }, rate: { rate: '1kbps' } },
    'netem delay 5000us loss random 1% rate 8192bit',
  ],
  [
    {
      action: 'bandwidth',
      bandwidth: { rate: '1kbps', limit: 20000, buffer: 5000, peakrate: 2000, minburst: 1500 },
    },
    'tbf rate 8192bit burst 5000 limit 20000 peakrate 16000bit minburst 1500',
  ],
  [{ action: 'partition' }, undefined],
] as const)
  test(`tc is told ${expected ?? 'nothing'} for ${spec.action}`, () => assert.equal(words(spec), expected))

test("only what is no longer the kernel's own root of that device is foreign", () => {
  const listed = (...all: object[]) => readQdiscs(JSON.stringify(all)) ?? []
  const own = { kind: 'noqueue', handle: '0:', dev: 'lo', root: true, options: {} }
  assert.equal(foreignRoot(listed(own, { ...own, dev: 'eth0', handle: '1:' }), 'lo'), undefined)
  assert.equal(foreignRoot(listed({ kind: 'ingress', handle: 'ffff:', dev: 'lo' }, own), 'lo'), undefined)
  assert.equal(foreignRoot(listed({ ...own, kind: 'fq_codel', handle: '8001:' }), 'lo')?.kind, 'fq_codel')
  assert.equal(readQdiscs('Cannot open netlink socket'), undefined)
})
