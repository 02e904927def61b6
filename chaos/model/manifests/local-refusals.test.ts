import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { readDocuments } from '../../../reports/run/index.ts'
import { type Capability, localRefusals, parseManifest } from './index.ts'

const FIXTURES = join(import.meta.dirname, 'fixtures')
const examples = readdirSync(FIXTURES).flatMap((file) =>
  readDocuments(readFileSync(join(FIXTURES, file), 'utf8'), file).documents.flatMap(
    (document) => parseManifest(document).value ?? [],
  ),
)

function refused(name: string, has: readonly Capability[] = []): string[] {
  const manifest = examples.find((one) => one.metadata.name === name)
  assert.ok(manifest, name)
  return localRefusals(manifest, has).map(({ path }) => path.join('.'))
}

for (const [name, paths] of [
  ['lose-a-worker', ['spec.selector.namespaces', 'spec.remoteCluster']],
  ['catalogue-down', []],
  [
    'sidecar-dies',
    [
      'spec.selector.nodes',
      'spec.selector.nodeSelectors',
      'spec.selector.annotationSelectors',
      'spec.selector.pods',
      'spec.containerNames',
    ],
  ],
  ['catalogue-is-far', ['spec.device', 'spec.targetDevice', 'spec.delay.reorder']],
  ['all-at-once', ['spec.externalTargets', 'spec.duplicate', 'spec.corrupt']],
  ['narrow', ['spec.remoteCluster', 'spec.bandwidth.peakrate', 'spec.bandwidth.minburst']],
  ['answers-are-wrong', ['spec.remoteCluster', 'spec.tls']],
  ['busy-machine', ['spec.containerNames', 'spec.stressors.cpu.options', 'spec.stressors.memory.options']],
  ['slow-disk', ['spec.containerNames', 'spec.action', 'spec.path', 'spec.methods', 'spec.percent']],
  ['disk-says-no', ['spec.remoteCluster', 'spec.action']],
  ['clock-behind', ['spec.remoteCluster', 'spec.containerNames', 'spec.clockIds.1']],
  ['with-a-task', ['spec.templates.0.task', 'spec.templates.0.conditionalBranches']],
  ['worst-day', []],
  ['small-pieces', []],
] as const)
  test(`of ${name} a machine refuses ${paths.join(', ') || 'nothing'}`, () =>
    assert.deepEqual(refused(name), paths))

test('what packets do is refused no more where there are nft and netem, and what stress-ng does where that is', () => {
  assert.deepEqual(refused('catalogue-is-far', ['nft', 'netem']), ['spec.targetDevice'])
  assert.deepEqual(refused('all-at-once', ['netem']), ['spec.externalTargets'])
  assert.deepEqual(refused('busy-machine', ['stress-ng']), ['spec.containerNames'])
})

test('each refusal says why, and what would make it possible', () => {
  for (const { why, possibleWith } of examples.flatMap((one) => localRefusals(one)))
    assert.ok(why.length > 20 && possibleWith.length > 8, why)
})

/** A manifest of one template that holds a PodChaos, with this selector. */
function held(selector: string): string[] {
  const chaos = `{ action: pod-kill, mode: one, selector: ${selector} }`
  const text = `{ apiVersion: chaos-mesh.org/v1alpha1, kind: Workflow, metadata: { name: x }, spec: { entry: a, templates: [
    { name: a, templateType: Schedule, schedule: { schedule: '@hourly', type: PodChaos, podChaos: ${chaos} } }] } }`
  const [document] = readDocuments(text, 'x.yaml').documents
  const { value, complaints } = parseManifest(document!)
  assert.ok(value, JSON.stringify(complaints))
  return localRefusals(value).map(({ path }) => path.join('.'))
}

test('what a schedule within a workflow holds is looked at too', () => {
  assert.deepEqual(held('{ nodes: [n1] }'), ['spec.templates.0.schedule.podChaos.selector.nodes'])
  assert.deepEqual(held('{ podPhaseSelectors: [Running, Pending] }'), [
    'spec.templates.0.schedule.podChaos.selector.podPhaseSelectors.1',
  ])
  assert.deepEqual(held('{ fieldSelectors: { metadata.name: a, spec.nodeName: n1 } }'), [
    'spec.templates.0.schedule.podChaos.selector.fieldSelectors.spec.nodeName',
  ])
})

test('a paused manifest is refused', () => {
  const [manifest] = examples
  const annotations = { 'experiment.chaos-mesh.org/pause': 'true' }
  const paused = { ...manifest!, metadata: { name: 'x', annotations } }
  assert.match(localRefusals(paused)[0]?.why ?? '', /paused/)
})
