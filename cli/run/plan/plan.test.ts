import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Target } from '../../../reports/run/index.ts'
import { thresholdOf } from '../../../slo/sources/index.ts'
import { type Catalogue, readCatalogue } from '../../config/catalogue.ts'
import { loadProject } from '../../config/load-config.ts'
import { parsePlanFile } from '../../config/plan-file.ts'
import { makePlan } from './plan.ts'
import { thresholds } from './thresholds.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const TARGET: Target = {
  schema: 'gauntlet/target/1',
  name: 'plaza',
  version: '1',
  addresses: { gateway: 'http://127.0.0.1:7300' },
  processes: [{ name: 'order-worker', labels: { app: 'order-worker' } }],
  links: [],
  switches: [],
  facts: [{ name: 'orders' }],
  logs: [],
  control: { url: 'http://127.0.0.1:7339', tokenFile: '/token' },
}

let catalogue: Catalogue
before(async () => {
  catalogue = await readCatalogue(await loadProject(ROOT))
})

interface Given {
  readonly target?: Target
  readonly allowUndecidable?: boolean
  readonly machineMemoryBytes?: number
}

function planOf(text: string, given: Given = {}) {
  const { value, complaints } = parsePlanFile(text, 'a.plan.yaml')
  assert.deepEqual(complaints, [])
  assert.ok(value)
  const { target = TARGET, allowUndecidable = false, machineMemoryBytes = 8e9 } = given
  return makePlan({
    plan: value,
    catalogue,
    target,
    tools: {},
    seed: 1,
    machineMemoryBytes,
    machineTellsResources: true,
    allowUndecidable,
    nowMs: 0,
  })
}

const HEAD = `apiVersion: gauntlet/v1
kind: Plan
metadata: { name: a, title: A, why: B }
`
const GOOD = `${HEAD}spec:
  load: [{ scenario: search }, { scenario: order }]
  phases:
    - { name: warm-up, for: 10s, judged: false }
    - { name: baseline, for: 40s }
    - { name: worker-lost, for: 20s, experiments: [kill-order-worker] }
    - { name: pages, for: 90s, load: false, audits: [home] }
  drain: { atMost: 60s, fact: orders }
  objectives:
    - { slo: search-latency, phases: [baseline] }
    - { slo: home-page }
`
const messages = (text: string, given?: Given) => planOf(text, given).complaints.map((one) => one.message)

describe('a plan', () => {
  it('puts phases after the load behind the longest drain, and gives the load its summed length', () => {
    const { plan, complaints } = planOf(GOOD)
    assert.deepEqual(complaints, [])
    assert.deepEqual(
      plan.phases.map(({ name, startMs }) => [name, startMs]),
      [
        ['warm-up', 0],
        ['baseline', 10_000],
        ['worker-lost', 50_000],
        ['pages', 130_000],
      ],
    )
    assert.deepEqual(
      plan.load.map((one) => one.executor.durationMs),
      [70_000, 70_000],
    )
    assert.equal(plan.audits[0]?.url, 'http://127.0.0.1:7300/')
    assert.deepEqual(plan.thresholdsMs, [300, 1500])
  })

  it('refuses a journey that reads an address which the target has not, at its place, with the nearest', () => {
    const { complaints } = planOf(GOOD, {
      target: { ...TARGET, addresses: { gatewya: 'http://127.0.0.1:7300' } },
    })
    const [search] = complaints.filter(({ file }) => file === 'scenarios/journeys/search.k6.ts')
    assert.equal(search?.message, 'plaza has no address for GAUNTLET_URL_GATEWAY')
    assert.equal(search.hint, 'nearest: GAUNTLET_URL_GATEWYA')
    assert.match(search.excerpt ?? '', /__ENV/)
  })

  it('names every fact and phase that is not there, at its place, with the nearest right word', () => {
    const { complaints } = planOf(
      GOOD.replace('fact: orders', 'fact: order').replace('phases: [baseline]', 'phases: [basline, warm-up]'),
    )
    assert.deepEqual(complaints.map(({ message, line, hint }) => [message, line, hint]).sort(), [
      ['unknown fact "order"', 11, 'nearest: orders'],
      ['unknown judged phase "basline"', 13, 'nearest: baseline'],
      ['unknown judged phase "warm-up"', 13, 'known here: baseline, worker-lost, pages'],
    ])
  })

  it('refuses a judged phase shorter than 16 s unless the undecidable is allowed', () => {
    const short = GOOD.replace('for: 40s', 'for: 12s')
    assert.ok(messages(short).some((one) => one === '12 s is too short to judge'))
    assert.deepEqual(messages(short, { allowUndecidable: true }), [])
  })

  it('refuses an objective that no outcome of the plan could decide', () => {
    const undecidable = GOOD.replace('slo: search-latency', 'slo: api-availability').replace(
      'search }, { scenario: order',
      'order',
    )
    assert.deepEqual(messages(undecidable), [
      'api-availability cannot be decided: it needs 3688 events, this plan gathers 400',
    ])
  })

  it('counts the visits of an audit in the phases that are judged, and refuses too few', () => {
    const twice = GOOD.replace(
      'audits: [home] }',
      'audits: [home] }\n    - { name: again, for: 90s, load: false, audits: [home] }',
    )
    assert.deepEqual(
      planOf(twice).plan.audits.map((one) => one.name),
      ['home'],
    )
    assert.deepEqual(messages(twice.replace('slo: home-page', 'slo: home-page, phases: [baseline]')), [
      'home-page cannot be decided: it needs 6 events, this plan gathers 0',
    ])
  })

  it('refuses what would be measured and never decided', () => {
    const afterFault = GOOD.replace(
      '    - { name: pages',
      '    - { name: recovery, for: 17s }\n    - { name: pages',
    )
    assert.deepEqual(messages(afterFault), ['17 s is too short to judge after a fault'])
    const notLoaded = GOOD.replace('{ scenario: order }', '{ scenario: coupon }').replace(
      'search-latency',
      'orders-done',
    )
    assert.match(
      messages(notLoaded).join(),
      /orders-done cannot be decided: it needs \d+ events, this plan gathers 0/,
    )
    const neverAsked = GOOD.replace('  drain: { atMost: 60s, fact: orders }\n', '').replace(
      'slo: search-latency, phases: [baseline]',
      'slo: orders-not-lost',
    )
    assert.deepEqual(messages(neverAsked), [
      'orders-not-lost cannot be decided: the plan never asks the target for its orders',
    ])
    const shortDrain = GOOD.replace('atMost: 60s', 'atMost: 2s').replace(
      'search-latency, phases: [baseline]',
      'orders-done',
    )
    assert.deepEqual(messages(shortDrain), [
      'orders-done cannot be decided: the drain waits at most 2 s, and its orders may take 60 s',
    ])
    assert.deepEqual(messages(shortDrain.replace('atMost: 2s', 'atMost: 60s')), [])
    const { control: _, ...uncontrolled } = TARGET
    assert.match(messages(GOOD, { target: uncontrolled }).join(), /nobody can ask for its orders/)
  })

  it('refuses a second use of an experiment', () => {
    const twice = GOOD.replace(
      '    - { name: pages',
      '    - { name: again, for: 20s, experiments: [kill-order-worker] }\n    - { name: pages',
    )
    assert.deepEqual(messages(twice), ['a second use of the experiment "kill-order-worker"'])
  })

  it('refuses a process fault on a target without control, and one whose labels match nothing', () => {
    const { control: _, ...uncontrolled } = TARGET
    assert.match(messages(GOOD, { target: uncontrolled }).join(), /offers no control/)
    assert.match(
      messages(GOOD, { target: { ...TARGET, processes: [] } }).join(),
      /0 processes of plaza have app=order-worker/,
    )
  })

  it('refuses virtual users that the memory cannot hold', () => {
    assert.match(
      messages(GOOD, { machineMemoryBytes: 2e8 }).join(),
      /more than half of this machine's memory/,
    )
  })

  it('refuses load after a phase without it, and two phases of one name', () => {
    const again = GOOD.replace('  drain:', '    - { name: baseline, for: 20s }\n  drain:')
    assert.deepEqual(messages(again).sort(), ['a second phase "baseline"', 'the load cannot start again'])
  })

  it('judges all judged phases when none is named', () => {
    const { plan } = planOf(GOOD.replace('search-latency, phases: [baseline]', 'search-latency'))
    assert.deepEqual(plan.objectives[0]?.phases, ['baseline', 'worker-lost'])
  })
})

it('the stream counts exactly where the judge looks, whatever the operator', () => {
  const [one] = planOf(GOOD).plan.objectives
  assert.ok(one)
  for (const op of ['lte', 'lt', 'gte', 'gt'] as const) {
    const good = { measure: 'request', limit: { op, value: 300 } } as const
    assert.deepEqual(thresholds([{ ...one, good }]), [thresholdOf(good)?.threshold])
  }
})

describe('the shipped plans', () => {
  for (const name of ['verify', 'verify-short'])
    it(`${name} holds nothing to object to`, () => {
      const found = catalogue.plans.get(name)
      assert.ok(found)
      const inputs = {
        catalogue,
        target: TARGET,
        tools: {},
        seed: 1,
        machineMemoryBytes: 8e9,
        machineTellsResources: true,
        nowMs: 0,
        allowUndecidable: false,
      }
      assert.deepEqual(makePlan({ ...inputs, plan: found }).complaints, [])
    })
})
