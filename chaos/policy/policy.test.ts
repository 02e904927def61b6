import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PlannedExperiment, Target } from '../../reports/run/index.ts'
import { parseExperiment, planExperiment } from '../index.ts'
import { containerRules } from './containers.ts'
import { parsePolicy } from './policy.ts'
import { type PolicyScene, policyRefusals } from './refusals.ts'
import { allowingRules } from './rules.ts'

const process = (name: string, app: string, tier = 'web') => ({ name, labels: { app, tier } })
const target: Target = {
  schema: 'gauntlet/target/1',
  ...{ name: 'shop', version: '1', addresses: {}, switches: [], facts: [], logs: [] },
  processes: [process('front-1', 'front'), process('front-2', 'front'), process('db-1', 'db', 'data')],
  links: [{ name: 'front→db', from: 'front-1', to: 'db-1', listen: '127.0.0.1:1', upstream: '127.0.0.1:2' }],
  control: { url: 'http://127.0.0.1:1', tokenFile: '/token' },
}
const phases = [
  { name: 'first', startMs: 0, durationMs: 60_000 },
  { name: 'second', startMs: 60_000, durationMs: 60_000 },
]

const POD = 'apiVersion: chaos-mesh.org/v1alpha1, kind: PodChaos, metadata: { name: kill }'
const kill = (labels: string, mode = 'mode: one') =>
  `{ ${POD}, spec: { action: pod-kill, ${mode}, selector: { labelSelectors: { ${labels} } } } }`
const CUT =
  '{ apiVersion: gauntlet/v1, kind: LinkChaos, metadata: { name: cut }, spec: { action: cut, mode: all, selector: { links: [front→db] } } }'

function planned(manifest: string, { name = 'kill', phase = 'first', at = '0s' } = {}): PlannedExperiment {
  const text = `
apiVersion: gauntlet/v1
kind: Experiment
metadata: { name: ${name}, title: A, why: B }
spec:
  hypothesis: [{ name: alive, process: { labels: { app: front }, atLeast: 1 } }]
  method: [{ manifest: ${manifest}, at: ${at}, for: 20s }]
  rollback: { within: 1s }
`
  const { value, complaints } = parseExperiment(text, 'a.experiment.yaml')
  assert.ok(value, JSON.stringify(complaints))
  const machine = { has: ['docker'], lacks: {} } as const
  const place = { phase: phases.find((one) => one.name === phase)!, target, machine, seed: 1 }
  const result = planExperiment(value, { ...place, sources: [], objectives: [] })
  assert.deepEqual(result.refusals, [])
  return result.planned
}

const HEAD = 'apiVersion: gauntlet/v1\nkind: Policy\nmetadata: { name: p, title: A, why: B }\n'
function policyOf(spec: string) {
  const { value, complaints } = parsePolicy(`${HEAD}spec: ${spec}`, 'gauntlet.policy.yaml')
  assert.ok(value, JSON.stringify(complaints))
  return value
}

/** Sunday, 22 November 2026, 10:00 UTC */
const SUNDAY = Date.UTC(2026, 10, 22, 10)
const scene: PolicyScene = { target, phases, allowProtected: [], nowMs: SUNDAY }
const why = (experiments: readonly PlannedExperiment[], spec: string, changes: Partial<PolicyScene> = {}) =>
  policyRefusals(experiments, policyOf(spec), { ...scene, ...changes }).map((one) => one.why)

const FRONT = planned(kill('app: front'))
const DB = planned(kill('app: db'))
const ALL_FRONTS = planned(kill('app: front', 'mode: all'))
const LINK = planned(CUT)
const SECOND = planned(kill('app: front'), { name: 'again', phase: 'second' })
const LATER = planned(kill('app: front'), { name: 'later', at: '20s' })
const MEANWHILE = planned(kill('app: front'), { name: 'meanwhile', at: '10s' })

for (const [title, experiments, spec, expected, changes = {}] of [
  ['an empty policy forbids nothing', [FRONT, DB], '{}', []],
  [
    'a protected process is not hit',
    [DB],
    '{ protected: { processes: [db-1] } }',
    ['it may hit the process db-1, which the policy protects'],
  ],
  [
    'one that may be drawn is not hit, whichever the seed of this run draws',
    [FRONT],
    '{ protected: { processes: [front-1, front-2] } }',
    [
      'it may hit the process front-1, which the policy protects',
      'it may hit the process front-2, which the policy protects',
    ],
  ],
  ['a protected process harms no other', [FRONT], '{ protected: { processes: [db-1] } }', []],
  [
    'a protected link is not hit',
    [LINK],
    '{ protected: { links: [front→db] } }',
    ['it may hit the link front→db, which the policy protects'],
  ],
  ['a process that bears the name of no link is none', [FRONT], '{ protected: { links: [front-1] } }', []],
  [
    'a protected label protects all that carry it',
    [DB, FRONT],
    '{ protected: { labels: { tier: data } } }',
    ['it may hit the label tier=data (db-1), which the policy protects'],
  ],
  [
    'nothing is done to a protected target',
    [FRONT],
    '{ protected: { targets: [shop] } }',
    ['it may hit the target shop, which the policy protects'],
  ],
  ['another target is not protected', [FRONT], '{ protected: { targets: [production] } }', []],
  [
    'a plan may take a protected name upon itself',
    [DB],
    '{ protected: { processes: [db-1], targets: [shop] } }',
    ['it may hit the target shop, which the policy protects'],
    { allowProtected: ['db-1'] },
  ],
  ['one of two is half of them', [FRONT], '{ greatestShare: { app: 0.5 } }', []],
  [
    'all of two is more than half',
    [ALL_FRONTS],
    '{ greatestShare: { app: 0.5 } }',
    ["it may hit 2 of the 2 processes with app=front; the policy's greatest share is 50 %"],
  ],
  [
    'one of two, and one of two meanwhile, may be both: told of the second',
    [FRONT, MEANWHILE],
    '{ greatestShare: { app: 0.5 } }',
    [
      "it may, with what is on meanwhile, hit 2 of the 2 processes with app=front; the policy's greatest share is 50 %",
    ],
  ],
  [
    'one of two, and then one of two, is half at once',
    [FRONT, LATER, SECOND],
    '{ greatestShare: { app: 0.5 } }',
    [],
  ],
  [
    'others of another label that are on meanwhile do not count',
    [FRONT, planned(kill('app: db'), { name: 'other' })],
    '{ greatestShare: { app: 0.5, tier: 1 } }',
    ["it may hit 1 of the 1 processes with app=db; the policy's greatest share is 50 %"],
  ],
  [
    'the only one is all of them',
    [DB],
    '{ greatestShare: { app: 0.5 } }',
    ["it may hit 1 of the 1 processes with app=db; the policy's greatest share is 50 %"],
  ],
  [
    'a day outside of the windows',
    [FRONT],
    '{ windows: [{ days: [mon], from: "09:00", to: "16:00" }] }',
    ["it would be on from 2026-11-22T10:00 to 2026-11-22T10:00 UTC, outside of the policy's windows"],
  ],
  [
    'a time within a window, to its very end',
    [FRONT],
    '{ windows: [{ days: [sun], from: "10:00", to: "10:01" }] }',
    [],
  ],
  [
    'a fault that begins in a window and outlasts it',
    [SECOND],
    '{ windows: [{ days: [sun], from: "10:00", to: "10:01" }] }',
    ["it would be on from 2026-11-22T10:04 to 2026-11-22T10:05 UTC, outside of the policy's windows"],
    { nowMs: SUNDAY + 225_000 },
  ],
  [
    'the wall clock of another time zone: 23:00 in Auckland',
    [FRONT],
    '{ windows: [{ days: [sun], from: "22:30", to: "23:30", timeZone: Pacific/Auckland }] }',
    [],
  ],
  ['one after the other is one at a time', [FRONT, LATER, SECOND], '{ concurrency: 1 }', []],
  [
    'two that overlap are two at once, told of the second',
    [FRONT, MEANWHILE],
    '{ concurrency: 1 }',
    ['it would be fault 2 that is on at once; the policy allows 1'],
  ],
  [
    'two that begin in the same moment too, told once',
    [FRONT, planned(kill('app: db'), { name: 'other' })],
    '{ concurrency: 1 }',
    ['it would be fault 2 that is on at once; the policy allows 1'],
  ],
  ['as many as are allowed', [FRONT, MEANWHILE], '{ concurrency: 2 }', []],
] as readonly [string, readonly PlannedExperiment[], string, string[], Partial<PolicyScene>?][])
  test(`policy: ${title}`, () => assert.deepEqual(why(experiments, spec, changes), expected))

const PAUSE =
  '{ apiVersion: gauntlet/v1, kind: ContainerChaos, metadata: { name: pause }, spec: { action: pause, mode: one, selector: { labelSelectors: { app: front } } } }'
const CONTAINER = planned(PAUSE)
const KEPT = '{ protected: { containers: [db, cache], labels: { tier: data } }, greatestShare: { app: 0.5 } }'

test('what a policy says of containers goes with a plan that hits some, but for what the plan takes upon itself', () => {
  const kept = { names: ['db', 'cache'], labels: { tier: 'data' }, greatestShare: { app: 0.5 } }
  assert.deepEqual(containerRules([CONTAINER], policyOf(KEPT), []), kept)
  assert.deepEqual(containerRules([CONTAINER], policyOf(KEPT), ['db', 'tier=data']), {
    ...{ names: ['cache'], labels: {}, greatestShare: { app: 0.5 } },
  })
  assert.equal(containerRules([FRONT], policyOf(KEPT), []), undefined)
  assert.equal(containerRules([CONTAINER], policyOf('{ concurrency: 1 }'), []), undefined)
  assert.equal(containerRules([CONTAINER], undefined, []), undefined)
})

test('of a fault on containers it is said that the policy is held later', () => {
  const said = (one: PlannedExperiment) => allowingRules(one.faults[0]!, target, policyOf(KEPT)).join('; ')
  assert.match(said(CONTAINER), /of containers are held when it chooses them/)
  assert.doesNotMatch(said(FRONT), /containers/)
})

test('the rules that allow a fault are said', () => {
  const fault = FRONT.faults[0]!
  assert.deepEqual(allowingRules(fault, target, undefined), ['there is no policy, so nothing is protected'])
  const policy = policyOf('{ protected: { processes: [x] }, greatestShare: { app: 0.5 }, concurrency: 1 }')
  assert.deepEqual(allowingRules(fault, target, policy), [
    'no protected name, or allowed by the plan',
    'at most 50 % of the processes of one app',
    'at most 1 at once',
  ])
})

for (const [spec, message] of [
  ['{ windows: [{ days: [sun], from: "16:00", to: "09:00" }] }', '"09:00" is not after "16:00"'],
  ['{ windows: [{ days: [sun], from: "9:00", to: "16:00" }] }', '"9:00" is not a time of day'],
  ['{ windows: [{ days: [sun], from: "09:00", to: "16:00", timeZone: Mars }] }', 'unknown time zone "Mars"'],
  ['{ protected: { process: [a] } }', 'unknown key "process"'],
  ['{ greatestShare: { app: 50 } }', 'app "50" must be <= 1'],
] as const)
  test(`a policy with ${spec} is refused: ${message}`, () => {
    const { complaints } = parsePolicy(`${HEAD}spec: ${spec}`, 'gauntlet.policy.yaml')
    assert.deepEqual(
      complaints.map((one) => one.message),
      [message],
    )
  })
