import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Type } from 'typebox'
import { readSpec, type Target } from '../../reports/run/index.ts'
import { probeInWords, whyProbeOutOfReach } from './ask.ts'
import { isPlannedProbe, Probe, probeMistakes, toPlannedProbe } from './probe.ts'
import type { Surroundings } from './probe-kind.ts'
import { assertOneMistake, planned, targetWith } from './testing.ts'

/** Each kind once, with all that it may leave out left out, then with all that it may say; as a plan has it, and in words. */
const ROWS: readonly (readonly [file: string, plan: object, words: string])[] = [
  [
    'http: { address: gateway }',
    {
      ...{ kind: 'http', method: 'GET', address: 'gateway', timeoutMs: 5000 },
      ...{ of: 'status', tolerance: { min: 200, max: 299 } },
    },
    'GET gateway: status 200 to 299',
  ],
  [
    `http: { method: POST, url: "https://me:key@shop.test/a?key=1", headers: { accept: a }, body: { a: 1 }, tokenFile: token, timeout: 1m }
    of: body
    tolerance: { jsonpath: $.status, expect: [ok, degraded] }`,
    {
      ...{ kind: 'http', method: 'POST', url: 'https://me:key@shop.test/a?key=1', headers: { accept: 'a' } },
      ...{ body: { a: 1 }, tokenFile: 'token', timeoutMs: 60_000 },
      ...{ of: 'body', tolerance: { jsonpath: '$.status', expect: ['ok', 'degraded'] } },
    },
    'POST https://shop.test/a?…: body with $.status "ok" or "degraded"',
  ],
  [
    'tcp: { link: orders→postgres }',
    { kind: 'tcp', link: 'orders→postgres', timeoutMs: 1000, of: 'connected', tolerance: true },
    'TCP to orders→postgres: connected true',
  ],
  [
    'tcp: { to: "[::1]:5432", timeout: 50ms }\n    of: latencyMs\n    tolerance: { max: 20 }',
    { kind: 'tcp', to: '[::1]:5432', timeoutMs: 50, of: 'latencyMs', tolerance: { max: 20 } },
    'TCP to [::1]:5432: latencyMs at most 20',
  ],
  [
    'process: { labels: { app: worker } }',
    { kind: 'process', labels: { app: 'worker' }, atLeast: 1 },
    'processes with app=worker: alive at least 1',
  ],
  [
    'process: { labels: { app: worker }, atMost: 0 }',
    { kind: 'process', labels: { app: 'worker' }, atMost: 0 },
    'processes with app=worker: alive at most 0',
  ],
  [
    'fact: { name: orders }\n    tolerance: { min: 1 }',
    {
      kind: 'fact',
      fact: 'orders',
      sinceMs: 300_000,
      lateAfterMs: 60_000,
      of: 'rows',
      tolerance: { min: 1 },
    },
    'fact orders of the last 5 min: rows at least 1',
  ],
  [
    'fact: { name: orders, since: 1h, lateAfter: 30s }\n    of: late\n    tolerance: 0',
    { kind: 'fact', fact: 'orders', sinceMs: 3_600_000, lateAfterMs: 30_000, of: 'late', tolerance: 0 },
    'fact orders of the last 1 h: late 0',
  ],
  [
    'command: { program: pg_isready, args: [-h, "postgres://me:key@db"] }',
    {
      ...{ kind: 'command', program: 'pg_isready', args: ['-h', 'postgres://me:key@db'], timeoutMs: 5000 },
      ...{ of: 'exitCode', tolerance: 0 },
    },
    'pg_isready -h postgres://***@db: exitCode 0',
  ],
  [
    'promql: { source: metrics, query: min(up) }\n    tolerance: 1',
    { kind: 'promql', source: 'metrics', query: 'min(up)', timeoutMs: 5000, of: 'value', tolerance: 1 },
    'metrics: min(up): value 1',
  ],
  [
    'objective: { name: search-latency, over: 30s }',
    { kind: 'objective', objective: 'search-latency', overMs: 30_000, of: 'verdict', tolerance: 'met' },
    'objective search-latency over the last 30 s: verdict "met"',
  ],
]

const File = Type.Object({ probes: Type.Array(Probe) })
const read = (probe: string) => readSpec(File, `probes:\n  - name: probe\n    ${probe}\n`, 'x.yaml')

describe('a probe of a file', () => {
  for (const [file, plan, words] of ROWS)
    it(`is plain data in a plan, and has words: ${words}`, () => {
      const { value, complaints } = read(file)
      assert.deepEqual(complaints, [])
      const probe = value?.probes[0]
      assert.ok(probe)
      assert.deepEqual(probeMistakes(probe), [])
      const inPlan = toPlannedProbe(probe)
      assert.deepEqual(inPlan, { name: 'probe', ...plan })
      assert.ok(isPlannedProbe(JSON.parse(JSON.stringify(inPlan))))
      assert.equal(probeInWords(inPlan), words)
    })
})

describe('a probe with a mistake is refused by the schema', () => {
  const WRONG: readonly (readonly [file: string, message: RegExp, hint?: RegExp])[] = [
    ['htp: { address: gateway }', /unknown key "htp"/, /nearest: http/],
    ['http: { adress: gateway, path: /health }', /unknown key "adress"/, /nearest: address/],
    ['http: { address: gateway, timeout: 5 }', /"5" is not a duration above zero/],
    ['http: { address: gateway, timeout: 0s }', /"0s" is not a duration above zero/],
    ['http: { address: gateway, method: FETCH }', /unknown method "FETCH"/],
    ['http: { url: "ftp://a" }', /url "ftp:\/\/a" must match/],
    ['process: { labels: {} }', /labels/],
    ['process: { labels: { app: a }, atLeast: -1 }', /atLeast "-1"/],
    ['objective: { name: search-latency }', /"over" is missing in objective/],
    ['command: { program: "", args: [1] }', /program ""/],
  ]
  for (const [file, message, hint] of WRONG)
    it(file, () => {
      const [complaint] = read(file).complaints
      assert.match(complaint?.message ?? '', message)
      assert.match(complaint?.hint ?? '', hint ?? /(?:)/)
      assert.equal(complaint?.line, 3)
    })
})

describe('a probe with a mistake that no schema tells is refused where it stands', () => {
  const to = { to: '127.0.0.1:1' }
  const WRONG: readonly (readonly [probe: Omit<Probe, 'name'>, path: string, message: RegExp])[] = [
    [{}, '', /asks nothing/],
    [{ tcp: to, http: { address: 'gateway' } }, '', /asks 2 things at once/],
    [{ http: {} }, 'http', /none of url and address is given/],
    [{ http: { url: 'http://a', address: 'gateway' } }, 'http', /url and address are given/],
    [{ http: { url: 'http://a b' } }, 'http.url', /no address/],
    [{ http: { url: 'http://a', path: '/b' } }, 'http.path', /beside a url/],
    [{ http: { address: 'gateway', headers: { 'a b': 'c' } } }, 'http.headers.a b', /can be no header/],
    [{ http: { address: 'gateway', headers: { a: 'b\nc' } } }, 'http.headers.a', /can be no header/],
    [{ tcp: {} }, 'tcp', /none of to, address and link/],
    [{ tcp: { to: 'localhost' } }, 'tcp.to', /"localhost" is no host:port/],
    [{ tcp: { to: 'a:70000' } }, 'tcp.to', /is no host:port/],
    [{ tcp: to, of: 'conected' }, 'of', /the answer to tcp has no "conected"/],
    [{ tcp: to, of: 'latencyMs' }, '', /"tolerance" is missing/],
    [{ tcp: to, tolerance: { regex: '(' } }, 'tolerance.regex', /regular expression/],
    [{ tcp: to, tolerance: { jsonpath: '$', expect: { regex: '(' } } }, 'tolerance.expect.regex', /regular/],
    [{ process: { labels: { app: 'a' }, atLeast: 2, atMost: 1 } }, 'process.atMost', /can never be/],
    [{ process: { labels: { app: 'a' } }, tolerance: 1 }, 'tolerance', /says what is normal in process/],
    [{ fact: { name: 'orders' } }, '', /"tolerance" is missing/],
    [{ fact: { name: 'orders', since: '60s' }, tolerance: 0 }, 'fact.since', /not late yet/],
    [{ command: { program: 'pg_isready -h a' } }, 'command.program', /blanks in its name/],
    [{ promql: { source: 'metrics', query: 'up' } }, '', /"tolerance" is missing/],
  ]
  for (const [probe, path, message] of WRONG)
    it(JSON.stringify(probe), () => {
      assertOneMistake(probeMistakes({ name: 'probe', ...probe }), path, message)
    })
})

describe('a probe of what the target does not have can be refused in the plan', () => {
  const target: Target = targetWith({
    addresses: { gateway: 'http://127.0.0.1:1', queue: 'tcp://127.0.0.1:2' },
    links: [{ name: 'orders→postgres', from: 'orders', to: 'postgres', listen: 'a:1', upstream: 'a:1' }],
    processes: [{ name: 'worker-1', labels: { app: 'worker' } }],
    facts: [{ name: 'orders' }],
    control: { url: 'http://127.0.0.1:3', tokenFile: '/token' },
  })
  const surroundings: Surroundings = {
    target,
    sources: [{ name: 'metrics' }, { name: 'datadog', whyNot: { why: 'Datadog', hint: 'Prometheus' } }],
    objectives: [
      {
        name: 'search-latency',
        whyNot: (overMs) => (overMs < 16_000 ? { why: 'too short', hint: '16s' } : undefined),
      },
    ],
  }
  const up = { query: 'up' }
  const ROWS: readonly (readonly [there: Omit<Probe, 'name'>, missing: Omit<Probe, 'name'>, hint: RegExp])[] =
    [
      [{ http: { address: 'gateway' } }, { http: { address: 'gatway' } }, /nearest: gateway/],
      [{ http: { url: 'http://a' } }, { http: { address: 'queue' } }, /known here: gateway/],
      [{ tcp: { address: 'queue' } }, { tcp: { address: 'quue' } }, /nearest: queue/],
      [
        { tcp: { link: 'orders→postgres' } },
        { tcp: { link: 'orders->postgres' } },
        /nearest: orders→postgres/,
      ],
      [
        { process: { labels: { app: 'worker' } } },
        { process: { labels: { app: 'x' } } },
        /worker-1 \(app=worker\)/,
      ],
      [
        { fact: { name: 'orders' }, tolerance: 0 },
        { fact: { name: 'order' }, tolerance: 0 },
        /nearest: orders/,
      ],
      [
        { promql: { source: 'metrics', ...up }, tolerance: 1 },
        { promql: { source: 'metric', ...up }, tolerance: 1 },
        /nearest: metrics/,
      ],
      [
        { promql: { source: 'metrics', ...up }, tolerance: 1 },
        { promql: { source: 'datadog', ...up }, tolerance: 1 },
        /^Prometheus$/,
      ],
      [
        { objective: { name: 'search-latency', over: '30s' } },
        { objective: { name: 'search-laten', over: '30s' } },
        /nearest: search-latency/,
      ],
      [
        { objective: { name: 'search-latency', over: '16s' } },
        { objective: { name: 'search-latency', over: '15s' } },
        /^16s$/,
      ],
    ]
  for (const [there, missing, hint] of ROWS)
    it(JSON.stringify(missing), () => {
      assert.equal(whyProbeOutOfReach(planned(there), surroundings), undefined)
      assert.match(whyProbeOutOfReach(planned(missing), surroundings)?.hint ?? '', hint)
    })

  it('a fact of a target without control', () => {
    const { control, ...rest } = target
    const fact = planned({ fact: { name: 'orders' }, tolerance: 0 })
    const { why } = whyProbeOutOfReach(fact, { ...surroundings, target: rest }) ?? {}
    assert.ok(control)
    assert.match(why ?? '', /offers no control/)
  })
})
