import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { gauntletHere } from '../../testing/gauntlet.ts'
import { shopFolder } from '../../testing/shop-folder.ts'
import { type Files, writeFiles } from '../../testing/written-files.ts'

const root = shopFolder()
const validate = (...args: readonly string[]) => gauntletHere(['chaos', 'validate', ...args], root)

const FILES: Files = {
  'faults/two.yaml': `apiVersion: chaos-mesh.org/v1alpha1
kind: NetworkChaos
metadata: { name: far }
spec:
  action: delay
  mode: all
  selector:
    nodes: [n1]
    labelSelectors: { app: front }
  delay: { latency: 100ms }
---
apiVersion: gauntlet/v1
kind: SwitchChaos
metadata: { name: poison }
spec: { switch: poison-message, effect: { name: died, tcp: { link: a } } }
`,
  'faults/wrong.yaml': `apiVersion: chaos-mesh.org/v1alpha1
kind: PodChaos
metadata: { name: x }
spec:
  action: pod-kil
  selector: {}
---
apiVersion: chaos-mesh.org/v1alpha1
kind: "Pod\\e[2JChaos"
`,
  'faults/broken.yaml': 'kind: [PodChaos\n',
  'faults/code.experiment.ts': `const within: string = '5'\nexport default { kind: 'Experiment', spec: { rollback: { within } } }\n`,
}

before(() => writeFiles(root, FILES))

test('what is right is listed, with what of it cannot be done on one machine', async () => {
  const { exitCode, stdout, stderr } = await validate('faults/two.yaml', 'perf/kill-worker.experiment.yaml')
  assert.deepEqual([exitCode, stderr], [0, ''])
  assert.deepEqual(stdout.trimEnd().split('\n'), [
    'faults/two.yaml',
    '  NetworkChaos  far',
    '    not on one machine, line 8: spec.selector.nodes: nodes narrows what is hit, and a machine is one node',
    '      possible with: a cluster with Chaos Mesh, or labelSelectors in its place',
    '  SwitchChaos   poison',
    'perf/kill-worker.experiment.yaml',
    '  Experiment    kill-worker',
    '2 files, 3 objects, no mistake',
  ])
})

test('all mistakes of all files come at once with their places, and nothing harms a terminal', async () => {
  const { exitCode, stdout, stderr } = await validate(
    'faults/two.yaml',
    'faults/wrong.yaml',
    'faults/broken.yaml',
  )
  assert.equal(exitCode, 2)
  assert.match(stderr, /^refused: \d+ mistakes in 2 files {3}\(exit 2\)\n/)
  for (const said of [
    /wrong\.yaml:4:1 {2}"mode" is missing in spec/,
    /wrong\.yaml:5:11 {2}unknown action "pod-kil"\n[\s\S]*nearest: pod-kill/,
    /wrong\.yaml:6:13 {2}selector must have something in it/,
    /wrong\.yaml:9:7 {2}unknown kind "Pod\\u001b\[2JChaos"/,
    /broken\.yaml:/,
  ])
    assert.match(stderr, said)
  assert.ok(!(stdout + stderr).includes('\u001b'))
})

test('for programs it is one document, with the same code', async () => {
  const { exitCode, stdout } = await validate('--json', 'faults/wrong.yaml', 'faults/two.yaml')
  assert.equal(exitCode, 2)
  const { schema, files } = JSON.parse(stdout)
  assert.equal(schema, 'gauntlet/chaos-validate/1')
  const [wrong, two] = files
  assert.deepEqual(
    wrong.mistakes.map(({ line, column }: { line: number; column: number }) => [line, column]),
    [
      [4, 1],
      [5, 11],
      [6, 13],
      [9, 7],
    ],
  )
  assert.deepEqual(two.objects[1], { kind: 'SwitchChaos', name: 'poison', line: 14, refusals: [] })
})

test('a mistake in an experiment is told too', async () => {
  writeFileSync(
    join(root, 'faults/exp.yaml'),
    'apiVersion: gauntlet/v1\nkind: Experiment\nmetadata: { name: X }\n',
  )
  const { exitCode, stderr } = await validate('faults/exp.yaml')
  assert.equal(exitCode, 2)
  assert.match(stderr, /exp\.yaml:3:19 {2}"X" is not a name/)
})

test('the mistakes of guards and alerts are told with their places', async () => {
  const kill = readFileSync(join(root, 'perf/kill-worker.experiment.yaml'), 'utf8')
  const own = `  guard:
    abortWhen:
      - { probe: { name: front, http: { address: front, pth: / } }, for: 3s }
      - { machine: { memoryFreeAtLeast: 1GB } }
  alert: { slo: browse-answered, within: soon }
`
  writeFileSync(join(root, 'faults/guarded.yaml'), kill + own)
  const shape = await validate('faults/guarded.yaml')
  assert.equal(shape.exitCode, 2)
  assert.match(shape.stderr, /guarded\.yaml:19:\d+ {2}unknown key "pth"/)
  assert.match(shape.stderr, /guarded\.yaml:21:\d+ {2}"soon" is not a duration above zero/)
  writeFileSync(join(root, 'faults/guarded.yaml'), kill + own.replace('pth', 'path').replace('soon', '5s'))
  const { stderr } = await validate('faults/guarded.yaml')
  assert.match(stderr, /guarded\.yaml:20:9 {2}"for" is missing/)
})

test('of an unknown kind all that can be checked is named, and of a plan what checks it', async () => {
  const other = join(root, 'faults/other.yaml')
  writeFileSync(other, 'apiVersion: gauntlet/v1\nkind: Nothing\nmetadata: { name: x }\n')
  assert.match((await validate('faults/other.yaml')).stderr, /known here: Experiment, PodChaos, .*Workflow\n/)
  writeFileSync(other, 'apiVersion: gauntlet/v1\nkind: Plan\nmetadata: { name: quick }\n')
  const { exitCode, stderr } = await validate('faults/other.yaml')
  assert.equal(exitCode, 2)
  assert.match(
    stderr,
    /other\.yaml:2:7 {2}kind Plan is no fault and no experiment\n[\s\S]*gauntlet plan quick checks it\n/,
  )
})

test('a file that is not there, and a folder, are refused', async () => {
  for (const [path, why] of [
    ['gone.yaml', /there is no file gone\.yaml/],
    ['faults', /faults is no file/],
  ] as const) {
    const { exitCode, stderr } = await validate(path)
    assert.equal(exitCode, 2)
    assert.match(stderr, why)
  }
})

test('an experiment in TypeScript is loaded, and its mistakes are told by their paths', async () => {
  const { exitCode, stderr } = await validate('faults/code.experiment.ts')
  assert.equal(exitCode, 2)
  assert.match(stderr, /faults\/code\.experiment\.ts.*spec\.rollback\.within: "5" is not a duration/s)
})
