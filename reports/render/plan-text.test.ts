import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planText } from './plan-text.ts'
import { EXAMPLE_PLAN } from './testing/plan.ts'

const POWER = [
  { objective: 'search-latency', needs: 72, has: 6500 },
  { objective: 'gateway-latency', needs: 72, has: 9750 },
  { objective: 'availability', needs: 3688, has: 1425 },
  { objective: 'orders-done', needs: 368, has: 950 },
  { objective: 'orders-not-lost', needs: 'every one', has: null },
  { objective: 'home-page', needs: 6, has: 6 },
  { objective: 'coupon-latency', needs: 72, has: 3800 },
] as const

test('a plan is told in time, with its fault, and whether each objective can be decided', () => {
  assert.equal(
    planText(EXAMPLE_PLAN, POWER),
    `verify: Plaza keeps its promises with a worker lost
Nothing is touched by this command.

  0:00   warm-up          10 s   not judged
  0:10   baseline         45 s
  0:55   worker-lost      30 s   kill-order-worker
  1:25   recovery         20 s
  1:45   drain          <1 min   not judged
  2:45   pages           1 min   audit home, load off

  length        at most 3 min 45 s
  load          search 100/s, coupon 40/s, order 10/s; open model, at most 1,500
                VUs, 293 MiB
  hosts         127.0.0.1:7300, and no other

  fault         kill-order-worker
    does        process-kill, one of 1 process with app=order-worker
    radius      one of app=order-worker
    undo        start the process
    proof       processes alive 1, then 0, then 1

  objective          promised            needs             has      decidable
  search-latency     p95 < 300 ms            72 requests   6,500    yes
  gateway-latency    p95 < 200 ms            72 requests   9,750    yes
  availability       99.9 %               3,688 requests   1,425    no
  orders-done        p99 < 60 s             368 orders     950      yes
  orders-not-lost    0 of all            every one         -        yes
  home-page          median LCP < 1.5 s       6 audits     6        yes
  coupon-latency     p95 < 100 ms            72 requests   3,800    yes, advisory

  run it with   gauntlet run verify`,
  )
})

test('what nobody can know before the run is not said to be decidable', () => {
  const has = { ...POWER[0], needs: null }
  const needs = { ...POWER[1], has: null }
  const said = planText(EXAMPLE_PLAN, [has, needs])
  assert.match(said, /^ {2}search-latency .*- {2,}6,500 +depends$/m)
  assert.match(said, /^ {2}gateway-latency .* 72 requests +- +depends$/m)
})

test('what would end the run, and the alert that must fire, are told', () => {
  const { experiments } = EXAMPLE_PLAN
  const alert = { objective: 'availability', burnRate: 14.4, overMs: 300_000, withinMs: 15_000 }
  const front = { name: 'front', probe: {}, expects: 'GET /health of gateway: status 200 to 299' }
  const said = planText(
    {
      ...EXAMPLE_PLAN,
      experiments: experiments.map((one) => ({ ...one, alert })),
      guards: [
        { objective: 'availability', burnRate: 50, forMs: 5000 },
        { probe: front, forMs: 3000, experiment: 'kill-order-worker' },
        { machine: { diskFreeAtLeastBytes: 2 ** 30, processorWaitAtMostRatio: 0.3 }, forMs: 5000 },
      ],
    },
    POWER,
  )
  const [above = ''] = said.split('  objective ')
  for (const line of above.split('\n')) assert.match(line, /^[ -~]{0,80}$/)
  const inOne = said.replace(/\s+/g, ' ')
  for (const words of [
    'alert the alert on availability (burn rate 14.4 over 5 min and 25 s) must fire within 15 s',
    'guard when availability burns its budget 50 times too fast for 5 s',
    'guard while kill-order-worker is on, when front does not hold for 3 s (GET /health of gateway: status 200 to 299)',
    'guard when this machine has less than 1 GiB of disk free, or gauntlet waiting for a processor for more than 30 % of the time for 5 s',
  ])
    assert.ok(inOne.includes(words), `${words}\n${said}`)
})
