import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { readDocuments } from '../../../reports/run/index.ts'
import { type Manifest, parseManifest, parseManifestValue } from '../manifests/index.ts'
import { flatten, type Timeline } from './index.ts'

const FIXTURES = join(import.meta.dirname, '../manifests/fixtures')

function example(file: string, name: string): Manifest {
  const { documents } = readDocuments(readFileSync(join(FIXTURES, file), 'utf8'), file)
  const found = documents
    .flatMap((one) => parseManifest(one).value ?? [])
    .find((one) => one.metadata.name === name)
  assert.ok(found, name)
  return found
}

/** Each as `path from-until` in seconds after the phase's start, which is 10 s into the run. */
function told({ faults, checks }: Timeline): string[] {
  return [...faults, ...checks].map(({ atMs, forMs, path }) => {
    const from = (atMs - 10_000) / 1000
    return `${path.join('/')} ${from}-${from + forMs / 1000}`.trim()
  })
}

const at = (manifest: Manifest, lengthSeconds: number, seed = 1) =>
  flatten(manifest, { seed, startMs: 10_000, lengthMs: lengthSeconds * 1000 })

const why = (timeline: Timeline) => timeline.refusals.map((one) => `${one.path.join('.')}: ${one.why}`)

const POD = { action: 'pod-kill', mode: 'one', selector: { labelSelectors: { app: 'a' } } }
const STRESS = { mode: 'one', selector: { labelSelectors: { app: 'a' } }, stressors: { cpu: { workers: 1 } } }

function manifest(kind: string, spec: object): Manifest {
  const version = 'chaos-mesh.org/v1alpha1'
  const { value, complaints } = parseManifestValue(
    { apiVersion: version, kind, metadata: { name: 'x' }, spec },
    'x',
  )
  assert.ok(value, JSON.stringify(complaints))
  return value
}

test('a single fault lasts its duration', () => {
  const timeline = at(manifest('StressChaos', { ...STRESS, duration: '30s' }), 45)
  assert.deepEqual([told(timeline), timeline.refusals], [['0-30'], []])
})

test('without a duration it lasts as long as the phase, a kill too', () => {
  assert.deepEqual(told(at(manifest('StressChaos', STRESS), 45)), ['0-45'])
  assert.deepEqual(told(at(manifest('PodChaos', POD), 45)), ['0-45'])
})

test('a fault that outlasts the phase is refused, not cut', () => {
  const timeline = at(manifest('StressChaos', { ...STRESS, duration: '1m' }), 45)
  assert.deepEqual(
    [told(timeline), why(timeline)],
    [[], ['spec: it would last until 60 s, and the phase has 45 s']],
  )
})

const schedule = (spec: object) => manifest('Schedule', { type: 'StressChaos', ...spec })

for (const [title, spec, expected] of [
  [
    'fires after each stretch, never at the start',
    { schedule: '@every 20s', stressChaos: { ...STRESS, duration: '5s' } },
    ['#1 20-25', '#2 40-45', '#3 60-65'],
  ],
  [
    'leaves out a firing while the one before is on',
    { schedule: '@every 20s', stressChaos: { ...STRESS, duration: '25s' } },
    ['#1 20-45', '#2 60-70'],
  ],
  [
    'lets them overlap when that is allowed, and ends with the phase',
    { schedule: '@every 20s', concurrencyPolicy: 'Allow', stressChaos: { ...STRESS, duration: '25s' } },
    ['#1 20-45', '#2 40-65', '#3 60-70'],
  ],
  [
    'fires once when what it starts never ends',
    { schedule: '@every 20s', stressChaos: STRESS },
    ['#1 20-70'],
  ],
  [
    'counts the start of the phase as midnight',
    { schedule: '* * * * *', stressChaos: { ...STRESS, duration: '5s' } },
    ['#1 60-65'],
  ],
  [
    'holds back no kill, and proves each gone at the next',
    { schedule: '@every 20s', type: 'PodChaos', podChaos: POD },
    ['#1 20-40', '#2 40-60', '#3 60-70'],
  ],
] as const)
  test(`a schedule ${title}`, () => {
    const timeline = at(schedule(spec), 70)
    assert.deepEqual([told(timeline), timeline.refusals], [expected, []])
  })

test('a schedule that never fires within the phase is refused, and one that fires without end', () => {
  assert.deepEqual(why(at(schedule({ schedule: '@hourly', stressChaos: STRESS }), 70)), [
    'spec.schedule: it fires 0 times in 70 s',
  ])
  assert.deepEqual(why(at(schedule({ schedule: '* * * * * *', stressChaos: STRESS }), 7200)), [
    'spec.schedule: it fires 7199 times in 7200 s',
  ])
})

test('a workflow adds what is serial, shares what is parallel, and waits where it is suspended', () => {
  const timeline = at(example('workflow.yaml', 'worst-day'), 180)
  assert.deepEqual(timeline.refusals, [])
  assert.deepEqual(told(timeline), [
    'whole/both/slow 10-30',
    'whole/both/busy 10-20',
    'whole/kills/#1 40-50',
    'whole/kills/#2 50-55',
    'whole/is-it-well 0-5',
  ])
})

test('a check has its place, its defaults and what its failure means', () => {
  const [check] = at(example('workflow.yaml', 'worst-day'), 180).checks
  assert.deepEqual(check?.check, {
    url: 'http://127.0.0.1:7300/ready',
    method: 'GET',
    headers: { accept: ['application/json'] },
    body: '',
    statusFrom: 200,
    statusTo: 299,
    timeoutMs: 1000,
    intervalMs: 2000,
    failureThreshold: 2,
    successThreshold: 3,
    mode: 'Synchronous',
    onFailure: 'abort',
  })
})

test('each fault of a workflow is a manifest of its own, with a name and a seed of its own', () => {
  const { faults } = at(example('workflow.yaml', 'worst-day'), 180)
  assert.deepEqual(
    faults.map((one) => one.manifest.metadata.name),
    ['worst-day-slow', 'worst-day-busy', 'worst-day-kills-1', 'worst-day-kills-2'],
  )
  assert.equal(new Set(faults.map(({ seed }) => seed)).size, faults.length)
})

test('a Task and its branches are refused, each with what would make it possible', () => {
  const { refusals } = at(example('workflow.yaml', 'with-a-task'), 60)
  assert.deepEqual(
    refusals.map(({ path }) => path.join('.')),
    ['spec.templates.0.task', 'spec.templates.0.conditionalBranches'],
  )
  for (const { possibleWith } of refusals) assert.match(possibleWith, /cluster/)
})

const steps = (...templates: readonly object[]) => manifest('Workflow', { entry: 'a', templates })
const busy = (name: string, deadline?: string) => ({
  name,
  templateType: 'StressChaos',
  ...(deadline && { deadline }),
  stressChaos: STRESS,
})
const group = (name: string, templateType: string, children: readonly string[], deadline?: string) => ({
  name,
  templateType,
  children,
  ...(deadline && { deadline }),
})

test('all that comes after a step without an end is refused', () => {
  const timeline = at(steps(group('a', 'Serial', ['b', 'c', 'c']), busy('b'), busy('c', '5s')), 60)
  assert.deepEqual(told(timeline), ['a/b 0-60'])
  assert.deepEqual(why(timeline), [
    'spec.templates.0.children.1: "c" never begins: "b", which comes before it, never ends',
    'spec.templates.0.children.2: "c" never begins: "b", which comes before it, never ends',
  ])
})

test('a deadline takes back what is on beneath it, and what it never lets begin is refused', () => {
  const timeline = at(steps(group('a', 'Serial', ['b', 'c'], '8s'), busy('b', '10s'), busy('c', '5s')), 60)
  assert.deepEqual(told(timeline), ['a/b 0-8'])
  assert.deepEqual(why(timeline), [
    'spec.templates.2: a › c would begin after 10 s, and a deadline around it ends after 8 s',
  ])
})

test('what begins when the phase is over is refused', () =>
  assert.deepEqual(why(at(steps(group('a', 'Serial', ['b', 'b']), busy('b', '30s')), 30)), [
    'spec.templates.1: a › b would begin after 30 s, and the phase has 30 s',
  ]))

test('a schedule may fire a whole workflow', () => {
  const workflow = { entry: 'a', templates: [group('a', 'Serial', ['b', 'b']), busy('b', '4s')] }
  const timeline = at(manifest('Schedule', { schedule: '@every 20s', type: 'Workflow', workflow }), 50)
  assert.deepEqual(told(timeline), ['#1/a/b 20-24', '#1/a/b 24-28', '#2/a/b 40-44', '#2/a/b 44-48'])
})

const templates = fc
  .array(
    fc.record({
      type: fc.constantFrom('Serial', 'Parallel', 'Suspend', 'Fault', 'Schedule'),
      for: fc.nat(40),
      down: fc.array(fc.nat(3), { maxLength: 3 }),
      ends: fc.boolean(),
    }),
    { minLength: 1, maxLength: 7 },
  )
  .map((drawn) =>
    drawn.map(({ type, for: seconds, down, ends }, n) => {
      const name = n === 0 ? 'a' : `t${n}`
      const children = down
        .map((step) => n + 1 + step)
        .filter((to) => to < drawn.length)
        .map((to) => `t${to}`)
      const deadline = ends || type === 'Suspend' ? `${seconds + 1}s` : undefined
      if (type === 'Fault') return busy(name, deadline)
      if (type !== 'Schedule')
        return type === 'Suspend'
          ? { name, templateType: type, deadline }
          : group(name, type, children, deadline)
      const by = { schedule: `@every ${seconds + 1}s`, type: 'PodChaos', podChaos: POD }
      return { name, templateType: type, ...(deadline && { deadline }), schedule: by }
    }),
  )

test('the same seed gives the same timeline again, whatever the workflow; another moves nothing but who is hit', () =>
  fc.assert(
    fc.property(templates, fc.integer(), fc.integer({ min: 1, max: 120 }), (drawn, seed, length) => {
      const workflow = steps(...drawn)
      const once = at(workflow, length, seed)
      assert.deepEqual(at(structuredClone(workflow), length, seed), once)
      assert.deepEqual(told(at(workflow, length, seed + 1)), told(once))
    }),
  ))

test('every fault begins and ends within its phase, in order, or the manifest is refused', () =>
  fc.assert(
    fc.property(templates, fc.integer({ min: 1, max: 120 }), (drawn, length) => {
      const { faults } = at(steps(...drawn), length)
      for (const { atMs, forMs } of faults) {
        assert.ok(atMs >= 10_000 && forMs > 0 && atMs + forMs <= 10_000 + length * 1000)
      }
      assert.deepEqual(
        faults.map(({ atMs }) => atMs),
        faults.map(({ atMs }) => atMs).toSorted((a, b) => a - b),
      )
    }),
  ))
