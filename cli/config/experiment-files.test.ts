import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { defineExperiment } from '../api.ts'
import { type Files, folderWith } from '../testing/written-files.ts'
import { readCatalogue } from './catalogue.ts'

const KILL = defineExperiment({
  apiVersion: 'gauntlet/v1',
  kind: 'Experiment',
  metadata: { name: 'kill-worker', title: 'A worker killed', why: 'It happens' },
  spec: {
    hypothesis: [{ name: 'alive', process: { labels: { app: 'worker' }, atLeast: 1 } }],
    method: [
      {
        manifest: {
          apiVersion: 'chaos-mesh.org/v1alpha1',
          kind: 'PodChaos',
          metadata: { name: 'kill-worker' },
          spec: { action: 'pod-kill', mode: 'one', selector: { labelSelectors: { app: 'worker' } } },
        },
      },
    ],
    rollback: { within: '5s' },
  },
})

const API = join(import.meta.dirname, '../api.ts')
const inCode = (value: string): string =>
  `import { defineExperiment } from ${JSON.stringify(API)}\nexport default defineExperiment(${value})\n`
const json = (value: unknown): string => JSON.stringify(value, null, 2)

/** Experiments of a project with these files, by name, and its complaints as `FILE:LINE:COLUMN MESSAGE (HINT)`. */
async function read(files: Files, t: TestContext) {
  const root = folderWith(files, t)
  const { experiments, complaints } = await readCatalogue({
    root,
    config: { target: {}, content: { experiments: ['.'] } },
  })
  const said = complaints.map(
    ({ file, line, column, message, hint }) => `${file}:${line}:${column} ${message} (${hint})`,
  )
  return { experiments, complaints: said }
}

test('an experiment in TypeScript is the one that YAML would give, also when its manifest is worked out', async (t) => {
  const worked = `
    const app: string = ['work', 'er'].join('')
    const experiment = ${json(KILL)} as const
    export default { ...experiment, metadata: { ...experiment.metadata, name: 'kill-' + app + '-too' } }`
  const { experiments, complaints } = await read(
    {
      'a/kill.experiment.ts': inCode(json(KILL)),
      'b/too.experiment.ts': worked,
      'c/yaml.experiment.yaml': json(KILL).replaceAll('kill-worker', 'kill-yaml'),
    },
    t,
  )
  assert.deepEqual(complaints, [])
  assert.deepEqual([...experiments.keys()], ['kill-worker', 'kill-worker-too', 'kill-yaml'])
  assert.deepEqual(experiments.get('kill-worker'), KILL)
  assert.deepEqual(experiments.get('kill-worker-too')?.spec, KILL.spec)
})

test('every mistake of shape, of a manifest and of a probe is told with its file and its path', async (t) => {
  const { spec } = KILL
  const wrong = {
    ...KILL,
    metadata: { ...KILL.metadata, name: 'Kill' },
    spec: { ...spec, rollback: { within: 5 }, runs: 1 },
  }
  const [step] = spec.method
  const deeper = {
    ...KILL,
    spec: {
      ...spec,
      hypothesis: [{ name: 'alive' }],
      method: [{ ...step, manifest: { ...step?.manifest, spec: { action: 'pod-kil', mode: 'one' } } }],
    },
  }
  const { complaints } = await read(
    { 'deeper.experiment.ts': inCode(json(deeper)), 'wrong.experiment.ts': inCode(json(wrong)) },
    t,
  )
  const all = complaints.join('\n')
  assert.match(all, /^wrong\.experiment\.ts:1:1 metadata\.name: "Kill" is not a /m)
  assert.match(all, /^wrong\.experiment\.ts:1:1 spec\.rollback\.within: "5" is not a duration /m)
  assert.match(all, /^wrong\.experiment\.ts:1:1 spec\.runs: unknown key "runs" /m)
  assert.match(all, /^deeper\.experiment\.ts:1:1 spec\.hypothesis\[0\]: a probe that asks nothing /m)
  assert.match(
    all,
    /^deeper\.experiment\.ts:1:1 spec\.method\[0\]\.manifest\.spec\.action: unknown action "pod-kil" /m,
  )
})

test('a name that YAML has too is a complaint at the second file', async (t) => {
  const { complaints } = await read(
    { 'kill.experiment.ts': inCode(json(KILL)), 'kill.experiment.yaml': json(KILL) },
    t,
  )
  assert.deepEqual(complaints, [
    'kill.experiment.yaml:1:1 a second "kill-worker" (the other is in kill.experiment.ts; names are used once in a project)',
  ])
})

test('a file that throws, does not parse or exports nothing is a complaint, and the others are read', async (t) => {
  const { experiments, complaints } = await read(
    {
      'good.experiment.ts': inCode(json(KILL)),
      'nothing.experiment.js': 'export const experiment = {}',
      'syntax.experiment.ts': 'export default {',
      'throws.experiment.ts': "throw new Error('no such thing')",
    },
    t,
  )
  assert.deepEqual([...experiments.keys()], ['kill-worker'])
  assert.deepEqual(
    complaints.map((one) => one.split(/: | \(/)[0]),
    [
      'nothing.experiment.js:1:1 has no default export',
      'syntax.experiment.ts:1:1 cannot be loaded',
      'throws.experiment.ts:1:1 cannot be loaded',
    ],
  )
  assert.match(complaints[2] ?? '', /no such thing/)
})
