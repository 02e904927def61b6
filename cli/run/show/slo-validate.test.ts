import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { gauntletHere } from '../../testing/gauntlet.ts'
import { shopFolder } from '../../testing/shop-folder.ts'
import { type Files, writeFiles } from '../../testing/written-files.ts'

const root = shopFolder()
const validate = (...args: readonly string[]) => gauntletHere(['slo', 'validate', ...args], root)

const FILES: Files = {
  'team/waits.yaml': `apiVersion: openslo/v1
kind: SLO
metadata: { name: waits }
spec:
  service: shop
  indicatorRef: waiting
  budgetingMethod: Occurrences
  objectives: [{ op: lt, value: 0.2, target: 0.9 }]
`,
  'team/deeper/waiting.yml': `- apiVersion: openslo/v1
  kind: SLI
  metadata: { name: waiting }
  spec: { thresholdMetric: { metricSource: { metricSourceRef: numbers, spec: { query: wait } } } }
- apiVersion: openslo/v1
  kind: DataSource
  metadata: { name: numbers }
  spec: { type: Prometheus, connectionDetails: { url: 'http://127.0.0.1:9090', token: s3cret } }
`,
  'team/other.yaml': 'apiVersion: v1\nkind: ConfigMap\n',
  'team/node_modules/else.yaml': 'apiVersion: openslo/v1\nkind: Nothing\n',
  'wrong.yaml': `apiVersion: openslo/v1
kind: SLO
metadata: { name: "wrong\\e[2J" }
spec:
  service: shop
  indicatorRef: wating
  budgetingMethod: Ocurrences
  objectives: [{ target: 1 }]
`,
  'empty/nothing.txt': '',
  'mixed/good.yaml': `apiVersion: openslo/v1
kind: Service
metadata: { name: shop }
`,
  'mixed/broken.slo.yaml': 'foo: bar\n',
}

before(() => writeFiles(root, FILES))

test('files of a folder are checked together, and others in it are left alone', async () => {
  const { exitCode, stdout, stderr } = await validate('team')
  assert.deepEqual([exitCode, stderr], [0, ''])
  assert.deepEqual(stdout.trimEnd().split('\n'), [
    'team/deeper/waiting.yml',
    '  SLI         waiting  values from "numbers"',
    '  DataSource  numbers  Prometheus',
    'team/waits.yaml',
    '  SLO         waits    p90 < 0.2',
    '2 files, 3 objects, no mistake',
  ])
})

test('the objectives of a project are right, and told in words', async () => {
  const { exitCode, stdout } = await validate('perf')
  assert.equal(exitCode, 0)
  assert.match(stdout, /^ {2}SLO +browse-latency +p95 < \d+ ms$/m)
})

test('an SLO that another system judges is right, and said not to be judged here', async () => {
  const { exitCode, stdout } = await validate('team/waits.yaml')
  assert.equal(exitCode, 0)
  assert.match(stdout, /SLO +waits +90 %\n +cannot be judged here: its SLI "waiting" was not read\n/)
  assert.match(stdout, /line 6: no file that was read holds the SLI "waiting"/)
})

test('all mistakes of all files are told at once, as those of every command, and nothing harms a terminal', async () => {
  const { exitCode, stdout, stderr } = await validate('team', 'wrong.yaml')
  assert.equal(exitCode, 2)
  assert.match(stderr, /^refused: 4 mistakes in 1 file {3}\(exit 2\)\n/)
  for (const said of [
    /wrong\.yaml:3:19 {2}"wrong\\u001b\[2J" is not a name\n[\s\S]*expected letters, digits/,
    /wrong\.yaml:6:17 {2}unknown SLI "wating"\n[\s\S]*nearest: waiting/,
    /wrong\.yaml:7:20 {2}unknown budgetingMethod "Ocurrences"\n[\s\S]*nearest: Occurrences/,
    /wrong\.yaml:8:26 {2}target 1 is not allowed by OpenSLO\n[\s\S]*gauntlet\/evidence: census/,
  ])
    assert.match(stderr, said)
  assert.ok(!(stdout + stderr).includes('\u001b'))
  assert.match(stdout, /^wrong\.yaml\n[\s\S]*4 mistakes\n3 files, 4 objects\n$/m)
})

test('for programs it is one document, with the same code', async () => {
  const { exitCode, stdout } = await validate('--json', 'wrong.yaml', 'team/waits.yaml')
  assert.equal(exitCode, 2)
  const { schema, files } = JSON.parse(stdout)
  assert.equal(schema, 'gauntlet/slo-validate/1')
  const [wrong, waits] = files
  assert.deepEqual(
    wrong.mistakes.map(({ line, column }: { line: number; column: number }) => [line, column]),
    [
      [3, 19],
      [7, 20],
      [8, 26],
    ],
  )
  assert.deepEqual(waits.objects, [
    { kind: 'SLO', name: 'waits', line: 3, says: ['90 %'], unjudged: 'its SLI "waiting" was not read' },
  ])
  assert.deepEqual(waits.open, [{ kind: 'SLI', name: 'waiting', file: 'team/waits.yaml', line: 6 }])
})

test('what is not there, and a folder without OpenSLO, are refused', async () => {
  for (const [path, said] of [
    ['gone.yaml', /there is no gone\.yaml/],
    ['empty', /no file in empty holds OpenSLO/],
  ] as const) {
    const { exitCode, stderr } = await validate(path)
    assert.equal(exitCode, 2)
    assert.match(stderr, said)
  }
})

test('in a folder a file that calls itself an SLO is read, also when nothing in it is', async () => {
  const { exitCode, stderr } = await validate('mixed')
  assert.equal(exitCode, 2)
  assert.match(stderr, /mixed\/broken\.slo\.yaml:1:\d+/)
})
