import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Contender, startToxiproxy } from './house/benches/proxy/contender.ts'
import { whyNoToxiproxy } from './house/benches/proxy/toxiproxy.ts'
import { type BrokenBy, breakIt, type Course, told } from './testing/break-it.ts'
import { MANIFESTS } from './testing/small-manifests.ts'
import { startSmallTarget } from './testing/small-target.ts'

const skip = whyNoToxiproxy() ?? false
const THEIRS = { name: 'theirs', listen: '127.0.0.1:0', upstream: '127.0.0.1:9', enabled: true }
let toxiproxy: Contender | undefined
let url = ''

before(async () => {
  if (skip) return
  toxiproxy = await startToxiproxy()
  url = toxiproxy.url
  await toxiproxy.send('POST', '/proxies', THEIRS)
  await toxiproxy.send('POST', '/proxies/theirs/toxics', { name: 'slow', type: 'latency', attributes: {} })
})
after(async () => toxiproxy?.end())

interface ProxyThere {
  readonly enabled: boolean
  readonly toxics: readonly unknown[]
}

async function proxies(): Promise<Readonly<Record<string, ProxyThere>>> {
  const reply = await fetch(`${url}/proxies`)
  return JSON.parse(await reply.text())
}

/** Breaks the small target through Toxiproxy; its links go straight afterwards. */
async function through(name: keyof typeof MANIFESTS, when?: BrokenBy['when']): Promise<Course> {
  await using small = await startSmallTarget()
  const manifest = MANIFESTS[name](small.target)
  const course = await breakIt(small, { manifest, toxiproxy: url, ...(when && { when }) })
  const { links } = await small.control.describe()
  for (const { listen, upstream } of links) assert.equal(listen, upstream)
  return course
}

for (const [name, proof] of [
  ['delay', 'fault-confirmed'],
  ['partition', 'fault-confirmed'],
  ['cut', 'fault-confirmed'],
  ['reset', 'fault-confirmed'],
  ['timeout', 'fault-confirmed'],
  ['bandwidth', 'fault-unproven'],
] as const)
  test(`${name} through the user's Toxiproxy is ${proof}, proven gone, and leaves what was there`, {
    skip,
  }, async () => {
    const course = await through(name)
    assert.ok(course.refused === undefined)
    const { journal } = course
    const of = (kind: string) => journal.filter((one) => one.kind === kind).length
    const injections = of('fault-injecting')
    assert.ok(injections > 0)
    assert.deepEqual([of(proof), of('fault-normal')], [injections, injections], told(journal))
    const { theirs, ...ours } = await proxies()
    assert.deepEqual(ours, {})
    assert.deepEqual([theirs?.enabled, theirs?.toxics.length], [true, 1])
  })

test('while a fault is on, the proxy bears the run in its name, and the last of the undo deletes it', {
  skip,
}, async () => {
  const during: string[] = []
  const course = await through('delay', {
    'fault-injected': async ({ runId }) => {
      during.push(...Object.keys(await proxies()).filter((name) => name.startsWith(`gauntlet-${runId}-`)))
    },
  })
  assert.ok(course.refused === undefined)
  const undo = course.journal.find((one) => one.kind === 'fault-injecting')?.undo
  assert.ok(undo?.kind === 'steps')
  const last = undo.steps.at(-1)
  assert.ok(last !== undefined && 'url' in last)
  assert.deepEqual([last.method, decodeURIComponent(last.url)], ['DELETE', `${url}/proxies/${during[0]}`])
})

test('what Toxiproxy cannot do is refused in the plan, with the reason', { skip }, async () => {
  for (const [name, why] of [
    ['loss', 'Toxiproxy has no toxic loss'],
    ['http-error', 'Toxiproxy has no toxic http'],
  ] as const)
    assert.deepEqual(await through(name), { refused: [why] })
})
