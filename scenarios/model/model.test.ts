import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parsePageAudit, parseScenario, toPlannedAudit, toPlannedLoad } from './index.ts'

const SCENARIO = `apiVersion: gauntlet/v1
kind: Scenario
metadata: { name: search, title: Search, why: Because }
spec:
  executor: { kind: constant-arrival-rate, rate: 100 }
  journey: search.k6.ts
`
const AUDIT = `apiVersion: gauntlet/v1
kind: PageAudit
metadata: { name: home, title: Home, why: Because }
spec: { address: gateway, path: /, preset: desktop, visits: 6 }
`
const OPTIONS = {
  durationMs: 85_000,
  journey: 'scenarios/journeys/search.k6.ts',
  journeySha256: 'abc',
  addresses: { gateway: 'http://127.0.0.1:7300', 'my-db': 'tcp://127.0.0.1:1' },
}

test('a scenario gets VUs for as many iterations as can wait for their time-out at once', () => {
  const load = toPlannedLoad(parseScenario(SCENARIO, 'x').value!, OPTIONS)
  assert.deepEqual(load.executor, {
    kind: 'constant-arrival-rate',
    ratePerSecond: 100,
    durationMs: 85_000,
    preAllocatedVus: 1000,
  })
  assert.equal(load.requestTimeoutMs, 10_000)
})

test('a journey sees every address, and what the scenario sets goes before it', () => {
  const text = `${SCENARIO}  environment: { GAUNTLET_URL_MY_DB: mine, CITY: Bern }\n`
  assert.deepEqual(toPlannedLoad(parseScenario(text, 'x').value!, OPTIONS).environment, {
    GAUNTLET_URL_GATEWAY: 'http://127.0.0.1:7300',
    GAUNTLET_URL_MY_DB: 'mine',
    CITY: 'Bern',
  })
})

test('all mistakes of a scenario are told at once', () => {
  const text =
    SCENARIO.replace('rate: 100', 'rate: 0').replace('search.k6.ts', 'search.ts') +
    '  timeout: 45\n  jorney: x\n'
  const { complaints } = parseScenario(text, 'x.scenario.yaml')
  assert.deepEqual(
    complaints.map(({ line, message, hint }) => [line, message, hint]),
    [
      [5, 'rate "0" must be > 0', 'expected iterations started a second'],
      [6, '"search.ts" is not a journey file', 'expected a name that ends in .k6.ts, such as search.k6.ts'],
      [7, '"45" is not a duration', 'expected a number with a unit, such as 500ms, 45s or 5m'],
      [8, 'unknown key "jorney"', 'nearest: journey'],
    ],
  )
})

test('an audit becomes a page to open; without the address that it names it cannot', () => {
  const audit = parsePageAudit(AUDIT, 'x').value!
  assert.deepEqual(toPlannedAudit(audit, OPTIONS.addresses), {
    name: 'home',
    title: 'Home',
    url: 'http://127.0.0.1:7300/',
    preset: 'desktop',
    visits: 6,
    visitTimeoutMs: 45_000,
  })
  assert.equal(toPlannedAudit(audit, {}), undefined)
})
