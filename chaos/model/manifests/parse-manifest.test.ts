import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { readDocuments } from '../../../reports/run/index.ts'
import { EMBEDDED, EMBEDDED_KEYS } from './embedded.ts'
import { parseManifest, parseManifestValue } from './index.ts'
import { COURSES, FAULTS } from './kinds.ts'

const FIXTURES = join(import.meta.dirname, 'fixtures')
const examples = readdirSync(FIXTURES).flatMap(
  (file) => readDocuments(readFileSync(join(FIXTURES, file), 'utf8'), file).documents,
)

for (const document of examples) {
  const { value, complaints } = parseManifest(document)
  const name = value ? `${value.kind} ${value.metadata.name}` : document.file
  test(`the example ${name} has no mistake`, () => assert.deepEqual(complaints, []))
}

for (const kind of [...FAULTS, ...COURSES])
  test(`every field of a ${kind.kind} stands in one of its examples`, () => {
    const specs = examples
      .flatMap((one) => parseManifest(one).value ?? [])
      .filter((one) => one.kind === kind.kind)
    const given = new Set(specs.flatMap(({ spec }) => Object.keys(spec ?? {})))
    const embedded = new Set<string>(EMBEDDED_KEYS)
    const fields = Object.keys(kind.spec.properties).filter((field) => !embedded.has(field))
    assert.deepEqual(
      fields.filter((field) => !given.has(field)),
      [],
    )
  })

test('what schedules hold under a key is of the kind that the key names', () => {
  for (const key of EMBEDDED_KEYS) assert.equal(EMBEDDED[key].kind.toLowerCase(), key.toLowerCase())
})

/** Line, message and hint of each complaint. */
function said(text: string): string[] {
  const { documents } = readDocuments(text, 'x.yaml')
  return documents.flatMap((one) =>
    parseManifest(one).complaints.map(
      ({ line, message, hint }) => `${line}: ${message}${hint ? ` | ${hint}` : ''}`,
    ),
  )
}

const head = (kind: string, version = 'chaos-mesh.org/v1alpha1') =>
  `apiVersion: ${version}\nkind: ${kind}\nmetadata: { name: x }\nspec:\n`
const LABELS = '  mode: one\n  selector: { labelSelectors: { app: a } }\n'

test('all mistakes of a manifest come at once, each with its line, in reading order', () =>
  assert.deepEqual(
    said(
      `${head('NetworkChaos')}  action: delay\n  mode: fixed\n  selectr: {}\n  selector: { labelSelector: { app: a } }\n  delay: { latency: 5 }\n`,
    ),
    [
      '6: mode fixed needs "value", which is missing | expected text with a whole number above 0, such as "2"',
      '7: unknown key "selectr" | nearest: selector',
      '8: unknown key "labelSelector" | nearest: labelSelectors, fieldSelectors',
      '9: "5" is not a duration | expected numbers with units as Go writes them, such as 45s, 1h30m or 1.5s',
    ],
  ))

const http = (annotations: string) =>
  `${head('HTTPChaos').replace('name: x', `name: x, annotations: { ${annotations} }`)}${LABELS}  target: Request\n  port: 1\n  abort: true\n`

test('an annotation of ours that fits, and any of others, is no mistake', () =>
  assert.deepEqual(said(http('gauntlet/share: "0.3", team: a, shop/share: "7"')), []))

for (const [title, text, expected] of [
  [
    'a share of nothing, and one of more than all',
    ['0', '0.0', '1.5', '30 %'].map((one) => http(`gauntlet/share: "${one}"`)).join('---\n'),
    ['0', '0.0', '1.5', '30 %'].map(
      (one, n) =>
        `${3 + 10 * n}: gauntlet/share cannot be "${one}" | expected text with a number above 0 and up to 1, such as "0.3"`,
    ),
  ],
  [
    'an annotation of ours that nobody knows',
    http('gauntlet/shrae: "0.3"'),
    ['3: unknown annotation gauntlet/shrae | nearest: gauntlet/share'],
  ],
  [
    'no selector',
    `${head('PodChaos')}  action: pod-kill\n  mode: one\n`,
    [
      '4: "selector" is missing in spec | expected at least one way to select, such as labelSelectors: nothing is hit without a selector',
    ],
  ],
  [
    'an empty selector',
    `${head('PodChaos')}  action: pod-kill\n  mode: one\n  selector: {}\n`,
    [
      '7: selector must have something in it | expected at least one way to select, such as labelSelectors: nothing is hit without a selector',
    ],
  ],
  [
    'a selector with nothing in it',
    `${head('PodChaos')}  action: pod-kill\n  mode: one\n  selector: { labelSelectors: {} }\n`,
    ['7: labelSelectors must have something in it | expected at least one name with its value, both text'],
  ],
  [
    'no mode',
    `${head('PodChaos')}  action: pod-kill\n  selector: { labelSelectors: { app: a } }\n`,
    ['4: "mode" is missing in spec | expected how many of those that fit: there is no default'],
  ],
  [
    'a share above the whole',
    `${head('PodChaos')}  action: pod-kill\n  mode: fixed-percent\n  value: "101"\n  selector: { labelSelectors: { app: a } }\n`,
    [
      '7: mode fixed-percent cannot be of value "101" | expected text with a whole number from 1 to 100, such as "50"',
    ],
  ],
  [
    'a count that is no text',
    `${head('PodChaos')}  action: pod-kill\n  mode: fixed\n  value: 2\n  selector: { labelSelectors: { app: a } }\n`,
    ['7: value "2" must be text | expected text, in quotes, such as "2"'],
  ],
  [
    'an operator without values',
    `${head('PodChaos')}  action: pod-kill\n  mode: one\n  selector: { expressionSelectors: [{ key: a, operator: In }] }\n`,
    ['7: operator In needs values'],
  ],
  [
    'a fault of no length',
    `${head('PodChaos')}  action: pod-failure\n  duration: 0s\n${LABELS}`,
    ['6: a fault of no length | expected a duration above 0, or none'],
  ],
  [
    'a container without its name',
    `${head('PodChaos')}  action: container-kill\n${LABELS}`,
    ['5: action container-kill needs "containerNames", which is missing'],
  ],
  [
    'a direction without a target',
    `${head('NetworkChaos')}  action: loss\n  loss: { loss: "5" }\n  direction: from\n${LABELS}`,
    ['7: direction from needs "target", which is missing'],
  ],
  [
    'netem without an effect',
    `${head('NetworkChaos')}  action: netem\n${LABELS}`,
    [
      '5: action netem does nothing without an effect | expected at least one of delay, loss, duplicate, corrupt and rate',
    ],
  ],
  [
    'a rate in bits',
    `${head('NetworkChaos')}  action: rate\n  rate: { rate: 1mbit }\n${LABELS}`,
    [
      '6: "1mbit" is not a rate | expected a whole number of bps, kbps, mbps, gbps or tbps (bytes a second), such as 1mbps',
    ],
  ],
  [
    'HTTP that is left as it is',
    `${head('HTTPChaos')}  target: Request\n  port: 80\n${LABELS}`,
    ['5: it does nothing to what it finds | expected at least one of abort, delay, replace and patch'],
  ],
  [
    'a status of a request',
    `${head('HTTPChaos')}  target: Request\n  port: 80\n  abort: true\n  code: 500\n${LABELS}`,
    ['8: code has no effect with target: Request | expected target: Response'],
  ],
  [
    'a wildcard in the middle',
    `${head('DNSChaos')}  action: error\n  patterns: [a*.org]\n${LABELS}`,
    ['6: "a*.org" is not a pattern | expected a name, with ? for one character, and * only at its end'],
  ],
  ['a kind mistyped', head('PodChoas'), ['2: unknown kind "PodChoas" | nearest: PodChaos, IOChaos']],
  [
    'a kind of elsewhere',
    head('JVMChaos'),
    [
      '2: kind JVMChaos is not read: what it breaks is not found on a machine | apply it with Chaos Mesh in a cluster',
    ],
  ],
  [
    'an own kind under the name of Chaos Mesh',
    `${head('SwitchChaos')}  switch: a\n  effect: { name: b, tcp: { link: c } }\n`,
    ['1: unknown apiVersion "chaos-mesh.org/v1alpha1" | known here: gauntlet/v1'],
  ],
  [
    'a switch of which nobody can tell what it does',
    `${head('SwitchChaos', 'gauntlet/v1')}  switch: a\n`,
    ['4: "effect" is missing in spec | expected a probe: what is asked, and which answers are normal'],
  ],
  [
    'a switch whose effect asks nothing',
    `${head('SwitchChaos', 'gauntlet/v1')}  switch: a\n  effect: { name: b }\n`,
    [
      '6: a probe that asks nothing | expected one of http, tcp, process, fact, command, promql and objective',
    ],
  ],
  [
    'a size of another action',
    `${head('FileChaos', 'gauntlet/v1')}  action: descriptors\n  count: 5\n  size: 1Gi\n`,
    ['7: action descriptors takes no "size"'],
  ],
  [
    'a schedule that cannot be read',
    `${head('Schedule')}  schedule: every day\n  type: PodChaos\n`,
    [
      '5: type PodChaos needs "podChaos", which is missing',
      '5: "every day" is no schedule | expected cron in UTC such as "*/5 * * * *", or "@every 30s"',
    ],
  ],
] as const)
  test(`complained about: ${title}`, () => assert.deepEqual(said(text), expected))

const flow = (...templates: readonly string[]) =>
  `${head('Workflow')}  entry: a\n  templates:\n${templates.map((one) => `    - { ${one} }\n`).join('')}`

for (const [title, text, expected] of [
  [
    'an entry that is not there',
    flow('name: b, templateType: Suspend, deadline: 1s'),
    ['5: no template of the name "a" | nearest: b'],
  ],
  [
    'a child that is not there',
    flow('name: a, templateType: Serial, children: [bb]', 'name: b, templateType: Suspend, deadline: 1s'),
    ['7: no template of the name "bb" | nearest: b, a'],
  ],
  [
    'a template within itself',
    flow('name: a, templateType: Serial, children: [b]', 'name: b, templateType: Parallel, children: [a]'),
    ['7: the template "a" holds itself'],
  ],
  [
    'a name twice, a Suspend without end',
    flow('name: a, templateType: Suspend', 'name: a, templateType: Suspend, deadline: 1s'),
    ['7: templateType Suspend needs "deadline", which is missing', '8: a second template of the name "a"'],
  ],
  [
    'a duration where a deadline belongs',
    flow(
      'name: a, templateType: PodChaos, podChaos: { action: pod-kill, mode: one, duration: 1s, selector: { labelSelectors: { app: a } } }',
    ),
    ['7: a template takes no duration | expected deadline, beside it'],
  ],
  [
    'an embedded spec with a mistake of its own',
    flow(
      'name: a, templateType: PodChaos, podChaos: { action: pod-kill, mode: fixed, selector: { labelSelectors: { app: a } } }',
    ),
    [
      '7: mode fixed needs "value", which is missing | expected text with a whole number above 0, such as "2"',
    ],
  ],
  [
    'a spec of another type',
    flow(
      'name: a, templateType: Suspend, deadline: 1s, stressChaos: { mode: one, selector: { labelSelectors: { app: a } }, stressors: { cpu: { workers: 1 } } }',
    ),
    ['7: templateType Suspend takes no "stressChaos"'],
  ],
] as const)
  test(`complained about in a workflow: ${title}`, () => assert.deepEqual(said(text), expected))

test('templates that double at each step are refused before they fill the memory', () => {
  const steps = Array.from(
    { length: 40 },
    (_, n) => `name: t${n}, templateType: Serial, children: [t${n + 1}, t${n + 1}]`,
  )
  const text = flow(
    `name: a, templateType: Serial, children: [t0]`,
    ...steps,
    'name: t40, templateType: Suspend, deadline: 1s',
  )
  assert.match(said(text).join(), /2199023255552 steps \| expected at most 1000/)
})

test('a value of TypeScript is read as a file is, and is frozen', () => {
  const value = {
    apiVersion: 'gauntlet/v1',
    kind: 'SwitchChaos',
    metadata: { name: 'x' },
    spec: { switch: 'a', effect: { name: 'b', tcp: { link: 'c' } } },
  }
  const read = parseManifestValue(value, 'drill.ts')
  assert.deepEqual(read, { value, complaints: [] })
  assert.ok(Object.isFrozen(read.value?.spec))
  assert.match(parseManifestValue(undefined, 'drill.ts').complaints[0]?.message ?? '', /empty/)
})

test('what holds itself by an alias is refused', () =>
  assert.deepEqual(said(flow('name: a, templateType: Task, task: &t { container: *t }')), [
    '1: lists and maps go too deep here',
  ]))
