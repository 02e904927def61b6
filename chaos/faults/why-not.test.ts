import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Target } from '../../reports/run/index.ts'
import { type Machine, UNKNOWN_MACHINE } from '../model/machine.ts'
import { parseManifestValue } from '../model/manifests/index.ts'
import { faultOf } from './index.ts'

const target: Target = {
  schema: 'gauntlet/target/1',
  name: 'shop',
  version: '1',
  addresses: { web: 'http://127.0.0.1:1' },
  processes: [
    { name: 'web-1', labels: { app: 'web' } },
    { name: 'db-1', labels: { app: 'db' }, port: 1, clock: { offsetFile: '/db.offset' } },
    { name: 'job-1', labels: { app: 'job' }, clock: { offsetFile: '/job.offset' } },
    { name: 'twin-1', labels: { app: 'twin', twin: 'a' }, port: 2, clock: { offsetFile: '/twin.offset' } },
    { name: 'twin-2', labels: { app: 'twin', twin: 'b' }, port: 3, clock: { offsetFile: '/twin.offset' } },
  ],
  links: [
    { name: 'web→db', from: 'web-1', to: 'db', listen: '127.0.0.1:2', upstream: '127.0.0.1:2' },
    { name: 'lb→web', from: 'lb', to: 'web-1', listen: '127.0.0.1:3', upstream: '127.0.0.1:3' },
  ],
  switches: [{ name: 'slow-search' }],
  facts: [],
  logs: [{ name: 'web', path: '/srv/shop/logs/web.log' }],
  control: { url: 'http://127.0.0.1:1', tokenFile: '/token' },
}

function whyNot(
  kind: string,
  spec: object,
  of = target,
  machine: Machine = UNKNOWN_MACHINE,
): string | undefined {
  const isOurs = ['SwitchChaos', 'FileChaos', 'LinkChaos', 'ProcessChaos', 'ContainerChaos'].includes(kind)
  const apiVersion = isOurs ? 'gauntlet/v1' : 'chaos-mesh.org/v1alpha1'
  const { value, complaints } = parseManifestValue({ apiVersion, kind, metadata: { name: 'x' }, spec }, 'x')
  assert.deepEqual(complaints, [])
  assert.ok(value && value.kind !== 'Schedule' && value.kind !== 'Workflow')
  const refused = faultOf(value)?.fault.whyNot(of, machine)
  return refused && `${refused.why} | ${refused.hint}`
}

const web = { mode: 'all', selector: { labelSelectors: { app: 'web' } } }
const stress = (stressors: object) => ({ ...web, stressors })
const clock = (labelSelectors: object, timeOffset = '1h') => ({
  ...{ mode: 'all', selector: { labelSelectors }, timeOffset },
})
const delay = (given: object) => ({ ...web, action: 'delay', delay: given })
const links = { mode: 'all', selector: { links: ['web→db'] } }
const effect = { name: 'slow', http: { address: 'web' }, of: 'latencyMs', tolerance: { min: 400 } }

for (const [words, kind, spec, why] of [
  ['a switch by its name', 'SwitchChaos', { switch: 'slow-search', effect }, undefined],
  [
    'a switch mistyped',
    'SwitchChaos',
    { switch: 'slow-saerch', effect },
    /no switch .* nearest: slow-search/,
  ],
  [
    'a switch whose effect is asked at an address that is not there',
    'SwitchChaos',
    { switch: 'slow-search', effect: { ...effect, http: { address: 'wbe' } } },
    /no HTTP address "?wbe"?/,
  ],
  [
    'HTTP on a port to which a link leads',
    'HTTPChaos',
    { ...web, target: 'Request', port: 3, abort: true },
    undefined,
  ],
  ['HTTP on another port', 'HTTPChaos', { ...web, target: 'Request', port: 4, abort: true }, /no link for/],
  [
    'HTTP requests made into HEAD',
    'HTTPChaos',
    { ...web, target: 'Request', port: 3, replace: { method: 'HEAD' } },
    /the proxy cannot do/,
  ],
  ['names where no link leads to a name server', 'DNSChaos', { ...web, action: 'error' }, /ends in →dns/],
  ['a clock of its own', 'TimeChaos', clock({ app: 'db' }), undefined],
  [
    'a clock of the machine',
    'TimeChaos',
    clock({ app: 'web' }),
    /web-1 has no clock .*apt install libfaketime/,
  ],
  ['a clock that nobody can ask', 'TimeChaos', clock({ app: 'job' }), /job-1 has no port/],
  ['a clock that another has too', 'TimeChaos', clock({ twin: 'a' }), /twin-1 and twin-2 have one clock/],
  ['an offset that no Date tells', 'TimeChaos', clock({ app: 'db' }, '-4s'), /-4 s cannot be told/],
  ['a delay', 'NetworkChaos', delay({ latency: '1ms', jitter: '1ms' }), undefined],
  ['a delay of jitter alone', 'NetworkChaos', delay({ latency: '0s', jitter: '5ms' }), undefined],
  ['a delay that nobody sees', 'NetworkChaos', delay({ latency: '300us' }), /by 300us cannot be told/],
  ['a delay of nothing', 'NetworkChaos', delay({ latency: '0s' }), /cannot be told from none/],
  [
    'delays that hang together',
    'NetworkChaos',
    delay({ latency: '9ms', jitter: '5ms', correlation: '25' }),
    /a correlation of 25 %: .*gauntlet\/driver: packets/,
  ],
  ['a correlation of nothing', 'NetworkChaos', delay({ latency: '9ms', correlation: '25' }), undefined],
  ['a cut', 'LinkChaos', { ...links, action: 'cut' }, undefined],
  ['half a cut', 'LinkChaos', { ...links, action: 'cut', percent: 50 }, /refuses all new ones/],
  [
    'an end that is no later',
    'LinkChaos',
    { ...links, action: 'slow-close', slowClose: { delay: '0s' } },
    /0s late/,
  ],
  ['two threads', 'StressChaos', stress({ cpu: { workers: 2, load: 10 } }), undefined],
  ['a load of nothing', 'StressChaos', stress({ cpu: { workers: 2, load: 0 } }), /burdens nothing/],
  ['more threads than we start', 'StressChaos', stress({ cpu: { workers: 300 } }), /at most 256 workers/],
  ['all the memory', 'StressChaos', stress({ memory: { workers: 1 } }), /without a size/],
  ['little memory', 'StressChaos', stress({ memory: { workers: 1, size: '1Mi' } }), /too little/],
  [
    'another to be ended first',
    'StressChaos',
    stress({ memory: { workers: 1, size: '100Mi', oomScoreAdj: -5 } }),
    /always ended first/,
  ],
  ['a folder of logs', 'FileChaos', { action: 'disk-fill', path: '/srv/shop/logs', size: '1Mi' }, undefined],
  ['one below', 'FileChaos', { action: 'disk-fill', path: '/srv/shop/logs/old/', size: '1Mi' }, undefined],
  [
    'one above',
    'FileChaos',
    { action: 'disk-fill', path: '/srv/shop', size: '1Mi' },
    /lie in \/srv\/shop\/logs/,
  ],
  [
    'one that climbs out',
    'FileChaos',
    { action: 'disk-fill', path: '/srv/shop/logs/../../..', size: '1Mi' },
    /no folder that shop names/,
  ],
] as const)
  test(`${words}: ${why === undefined ? 'may be' : 'refused'}`, () => {
    const said = whyNot(kind, spec)
    if (why === undefined) assert.equal(said, undefined)
    else assert.match(said ?? '', why)
  })

const { control: _, ...alone } = target
const ported: Target = { ...alone, processes: [{ name: 'web-1', labels: { app: 'web' }, port: 80 }] }
const at = (...addresses: readonly string[]): Target => ({
  ...ported,
  addresses: Object.fromEntries(addresses.map((one, n) => [`a-${n}`, one])),
})
const other: Target = { ...ported, processes: [{ name: 'db', labels: {}, port: 1 }] }
const pause = { action: 'pause', ...web }

for (const [words, of, why] of [
  ['on this machine, by its port', ported, undefined],
  ['of which no port is known', alone, /does not say on which ports .* give each of its processes a port/],
  [
    'elsewhere',
    at('https://u:secret@staging.test/a'),
    /no control, and is at staging\.test: .* found by their ports/,
  ],
  ['here and elsewhere', at('http://127.0.0.1:80', 'tcp://db.test:5'), /is at 127\.0\.0\.1, db\.test:5: /],
  ['nowhere', at(), /has no address: /],
  ['of another name', other, /0 processes of shop/],
] as const)
  test(`a pause of a process without control ${words}: ${why === undefined ? 'may be' : 'refused'}`, () => {
    const said = whyNot('ProcessChaos', pause, of, { has: ['listeners'], lacks: {} })
    if (why === undefined) assert.equal(said, undefined)
    else assert.match(said ?? '', why)
  })

test('a pause of a process without control is refused where the system does not tell who listens', () => {
  const lacks = { listeners: 'this system tells nobody' }
  assert.match(
    whyNot('ProcessChaos', pause, ported, { has: [], lacks }) ?? '',
    /no control, and its processes cannot be found by their ports: this system tells nobody .*on Linux/,
  )
  assert.equal(whyNot('ProcessChaos', pause, target, { has: [], lacks }), undefined, 'its control tells')
})

for (const [kind, spec] of [
  ['PodChaos', { ...web, action: 'pod-kill' }],
  ['PodChaos', { ...web, action: 'pod-failure' }],
  ['ProcessChaos', { ...web, action: 'restart' }],
  ['NetworkChaos', delay({ latency: '1s' })],
  ['LinkChaos', { ...links, action: 'cut' }],
  ['HTTPChaos', { ...web, target: 'Request', port: 3, abort: true }],
  ['DNSChaos', { ...web, action: 'error' }],
  ['TimeChaos', clock({ app: 'db' })],
  ['SwitchChaos', { switch: 'slow-search', effect }],
  ['StressChaos', stress({ cpu: { workers: 1, load: 50 } })],
  ['ContainerChaos', { ...web, action: 'kill' }],
] as const)
  test(`${kind} is refused where the target offers no control`, () =>
    assert.match(whyNot(kind, spec, ported) ?? '', /^shop offers no control, .*target\.control/))

test('what burdens this machine needs no control, but a target on this machine', () => {
  const held = { action: 'descriptors', count: 100 }
  assert.equal(whyNot('FileChaos', held, alone), undefined)
  assert.match(whyNot('FileChaos', held, at('https://staging.test')) ?? '', /not known to be on this machine/)
})
