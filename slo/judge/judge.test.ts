import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Instrument, RunRecord, Verdict } from '../../reports/run/index.ts'
import { judge } from './judge.ts'
import {
  AVAILABLE,
  at,
  INJECTION,
  INSTRUMENT,
  JOURNAL,
  journalUntil,
  journalWith,
  LOST,
  ordersOf,
  PAGE,
  PLAN,
  runWith,
  SEARCH,
  steadyLoad,
  visits,
} from './testing/run.ts'

interface Row {
  readonly title: string
  readonly changes: Partial<RunRecord>
  readonly expected: readonly [verdict: Verdict['verdict'], exitCode: number]
  readonly why: RegExp
  /** objectives that are not met */
  readonly but?: Readonly<Record<string, string>>
}

const instrument = (changes: Partial<Instrument>): Partial<RunRecord> => ({
  instrument: { ...INSTRUMENT, ...changes },
})
const iterations = (completed: number, threw: number, interrupted = 0, scenario = 'search') => ({
  iterations: [{ scenario, completed, threw, interrupted, dropped: 0 }],
})
/** named, so that its scenario's own objective can be told from the others */
const SEARCH_OF_ONE = { ...SEARCH, name: 'search-alone', total: { ...SEARCH.total, scenario: 'search' } }
const stopped = at(60_000, { kind: 'stopped', by: 'person', reason: 'Ctrl-C' })
const ended = (outcome: 'interrupted' | 'aborted' | 'failed') => at(61_000, { kind: 'run-ended', outcome })
const ALL_OPEN = { search: 'inconclusive', available: 'inconclusive', done: 'inconclusive' } as const
const INTERRUPTED = { ...ALL_OPEN, lost: 'inconclusive', twice: 'inconclusive', page: 'inconclusive' }

const rows: readonly Row[] = [
  {
    title: 'a run in which all was kept is met, and says what it was put through',
    changes: {},
    expected: ['met', 0],
    why: /^All 6 required objectives held; fault: one order worker killed\.$/,
  },
  {
    title: 'a slow search is violated, with the figure and the promise in the sentence',
    changes: { load: steadyLoad({ slow: 12 }) },
    expected: ['violated', 21],
    why: /^Search p95 was 401 ms \(40\d–40\d\), over 300 ms\.$/,
    but: { search: 'violated' },
  },
  {
    title: 'errors that come at once do not make search fast: they break latency and availability',
    changes: { load: steadyLoad({ failed: 10 }) },
    expected: ['violated', 21],
    why: /^API availability was 90\.000 % \(.*\), under 99\.9 %; 1 more objective violated\.$/,
    but: { available: 'violated', search: 'violated' },
  },
  {
    title: 'a share on the limit is inconclusive and says so',
    changes: { load: steadyLoad({ slow: 5 }) },
    expected: ['inconclusive', 20],
    why: /^Search p95 was .*; the interval crosses the 300 ms objective\.$/,
    but: { search: 'inconclusive' },
  },
  {
    title: 'one lost order of 950 violates its census and nothing else',
    changes: ordersOf((n) => (n === 640 ? undefined : { doneAfterMs: 800, effects: 1 })),
    expected: ['violated', 21],
    why: /^1 of 950 orders was lost\.$/,
    but: { lost: 'violated' },
  },
  {
    title: 'an order done twice violates its census and nothing else',
    changes: ordersOf((n) => ({ doneAfterMs: 800, effects: n === 640 ? 2 : 1 })),
    expected: ['violated', 21],
    why: /^1 of 950 orders was done twice\.$/,
    but: { twice: 'violated' },
  },
  {
    title: 'a stuck worker violates completion, and no order is lost',
    changes: ordersOf(() => ({ doneAfterMs: null, effects: 0 })),
    expected: ['violated', 21],
    why: /^Order completion p99 was at least 160 s, over 60 s\.$/,
    but: { done: 'violated' },
  },
  {
    title: 'orders that nobody asked about are not called lost',
    changes: { facts: [], journal: journalWith('drain-ended') },
    expected: ['inconclusive', 20],
    why: /The target was not asked|the target was not asked/,
    but: { done: 'inconclusive', lost: 'inconclusive', twice: 'inconclusive' },
  },
  {
    title: 'a drain that was cut short decides nothing about orders, though all that it saw were done',
    changes: { journal: journalWith('drain-ended') },
    expected: ['inconclusive', 20],
    why: /: the drain was cut short, so the orders still open were not waited for; 2 more undecided\.$/,
    but: { done: 'inconclusive', lost: 'inconclusive', twice: 'inconclusive' },
  },
  {
    title: 'no order at all decides nothing about orders',
    changes: { acks: [], facts: [] },
    expected: ['inconclusive', 20],
    why: /no orders were acknowledged; 2 more undecided\.$/,
    but: { done: 'inconclusive', lost: 'inconclusive', twice: 'inconclusive' },
  },
  {
    title: 'no request at all decides nothing about requests',
    changes: { load: [] },
    expected: ['inconclusive', 20],
    why: /no requests of its kind were seen/,
    but: { available: 'inconclusive', search: 'inconclusive' },
  },
  {
    title: 'five page visits are too few, and six are named',
    changes: { audits: visits([900, 950, 980, 1000, 1010]) },
    expected: ['inconclusive', 20],
    why: /^Home page median LCP was .*; 5 audits cannot decide it; 6 could, with none bad\.$/,
    but: { page: 'inconclusive' },
  },
  {
    title: 'a page that never loads is inconclusive and shows its error',
    changes: { audits: visits(['net::ERR_CONNECTION_REFUSED', 'net::ERR_CONNECTION_REFUSED']) },
    expected: ['inconclusive', 20],
    why: /2 of 2 visits gave no figures: net::ERR_CONNECTION_REFUSED/,
    but: { page: 'inconclusive' },
  },
  {
    title: 'a page slow in all of six visits may be chance among four estimated objectives',
    changes: { audits: visits([2000, 2100, 2200, 2300, 2400, 2500]) },
    expected: ['inconclusive', 20],
    why: /^Home page median LCP was .*; it looks broken, but where several objectives are judged together that may be chance\.$/,
    but: { page: 'inconclusive' },
  },
  {
    title: 'a page slow in all of eight visits is violated among four estimated objectives',
    changes: { audits: visits([2000, 2100, 2200, 2300, 2400, 2500, 2600, 2700]) },
    expected: ['violated', 21],
    why: /^Home page median LCP was .*, over 1\.5 s\.$/,
    but: { page: 'violated' },
  },
  {
    title:
      'a fault that was not seen to act makes the run invalid, by the objectives of its phase and of all after it',
    changes: {
      journal: journalWith('fault-confirmed', {
        kind: 'fault-mismatch',
        ...INJECTION,
        seen: 'pid 4127 alive',
      }),
    },
    expected: ['invalid', 23],
    why: /^The fault kill was injected without its effect: pid 4127 alive, so 6 objectives rest on tainted evidence\.$/,
    but: INTERRUPTED,
  },
  {
    title: 'a gap in the stream taints what came through it, and not the pages',
    changes: instrument({ gaps: [{ fromSecond: 38, toSecond: 39 }] }),
    expected: ['invalid', 23],
    why: /^The sample stream has a gap of 2 s, from 0:38 to 0:40, so 5 objectives rest on tainted evidence\.$/,
    but: { ...ALL_OPEN, lost: 'inconclusive', twice: 'inconclusive' },
  },
  {
    title: 'a journey that throws in every iteration makes the run invalid and shows the first exception',
    changes: {
      ...instrument({ ...iterations(0, 9500), firstException: 'TypeError: x is not a function' }),
      load: [],
    },
    expected: ['invalid', 23],
    why: /TypeError: x is not a function, so 5 objectives rest on tainted evidence\.$/,
    but: { ...ALL_OPEN, lost: 'inconclusive', twice: 'inconclusive' },
  },
  {
    title: 'a scenario that throws in every iteration spoils what counts its requests, and not the others',
    changes: {
      plan: {
        ...PLAN,
        load: ['search', 'throws'].map((name) => ({ ...PLAN.load[0]!, name })),
        objectives: [SEARCH_OF_ONE, ...PLAN.objectives],
      },
      ...instrument({
        iterations: [...iterations(9500, 0).iterations, ...iterations(0, 950, 0, 'throws').iterations],
        firstException: 'TypeError: x is not a function',
      }),
    },
    expected: ['invalid', 23],
    why: /^No iteration of throws completed; the run's first exception: TypeError: x is not a function, so 5 obj/,
    but: { ...ALL_OPEN, lost: 'inconclusive', twice: 'inconclusive' },
  },
  {
    title: 'a scenario of which the load says nothing is not taken to have run',
    changes: { ...instrument({ iterations: [] }), load: [] },
    expected: ['invalid', 23],
    why: /^No iteration completed, so 5 objectives rest on tainted evidence\.$/,
    but: { ...ALL_OPEN, lost: 'inconclusive', twice: 'inconclusive' },
  },
  {
    title: 'a person who stops a run on a target that hangs is told of the stop, not of the journey',
    changes: {
      ...instrument(iterations(0, 0)),
      journal: [...JOURNAL.slice(0, 5), stopped, ...JOURNAL.slice(5, 8), ended('interrupted')],
      ...{ load: [], acks: [], facts: [], audits: [] },
    },
    expected: ['inconclusive', 22],
    why: /^Stopped by a person at 1:00\.0, in worker-lost\. No phase after it was reached\.$/,
    but: INTERRUPTED,
  },
  {
    title: 'a target that hangs until the end is violated, not invalid',
    changes: {
      ...instrument(iterations(0, 0, 9500)),
      load: steadyLoad({ slow: 0 }).map((one) => ({
        ...one,
        series: one.series.map((old) => ({ ...old, outcome: 'interrupted' as const, over: {}, sketch: [] })),
      })),
    },
    expected: ['violated', 21],
    why: /^API availability was 0\.000 %/,
    but: { available: 'violated', search: 'violated' },
  },
  {
    title: 'a line that cannot be read makes the run invalid',
    changes: { unreadable: ['evidence/load.ndjson:17 is not JSON'] },
    expected: ['invalid', 23],
    why: /evidence\/load\.ndjson:17 is not JSON/,
    but: INTERRUPTED,
  },
  {
    title: 'a crashed run decides nothing, whatever its evidence shows',
    changes: { complete: false, journal: journalUntil(60_000), load: steadyLoad({ slow: 12, seconds: 60 }) },
    expected: ['inconclusive', 20],
    why: /^The harness was killed; its record ends at 1:00\.0, in worker-lost, so no objective could be judged\.$/,
    but: INTERRUPTED,
  },
  {
    title: 'a crash says that the guardian undid the fault without the harness',
    changes: {
      complete: false,
      journal: journalUntil(
        60_000,
        at(80_000, { kind: 'fault-undone', ...INJECTION, by: 'guardian' }),
        at(81_000, { kind: 'fault-normal', ...INJECTION, by: 'guardian', seen: '1 ready' }),
      ),
      load: steadyLoad({ seconds: 60 }),
    },
    expected: ['inconclusive', 20],
    why: /The fault was undone at 1:20\.0 without it\.$/,
    but: INTERRUPTED,
  },
  {
    title: 'a run that a person stopped says when, and calls what it did not reach inconclusive',
    changes: {
      journal: [...JOURNAL.slice(0, 5), stopped, ...JOURNAL.slice(5, 8), ended('interrupted')],
      load: steadyLoad({ seconds: 60 }),
      audits: [],
    },
    expected: ['inconclusive', 22],
    why: /^Stopped by a person at 1:00\.0, in worker-lost\. No phase after it was reached\.$/,
    but: INTERRUPTED,
  },
  {
    title:
      'what was already broken when a person stopped the run stays violated, and the exit code tells of the stop',
    changes: {
      journal: [...JOURNAL.slice(0, 5), stopped, ...JOURNAL.slice(5, 8), ended('interrupted')],
      load: steadyLoad({ slow: 12, seconds: 60 }),
      audits: [],
    },
    expected: ['violated', 22],
    why: /^Search p95 was 401 ms/,
    but: { ...INTERRUPTED, search: 'violated' },
  },
  {
    title: 'a run that ended early with a violated objective gives the code of the violation',
    changes: {
      journal: [...JOURNAL.slice(0, 8), ended('aborted')],
      load: steadyLoad({ slow: 12, seconds: 60 }),
      audits: [],
    },
    expected: ['violated', 21],
    why: /^Search p95/,
    but: { ...INTERRUPTED, search: 'violated' },
  },
  {
    title: 'broken machinery gives 24',
    changes: {
      journal: [
        at(0, { kind: 'second-zero' }),
        at(3000, { kind: 'stopped', by: 'machinery', reason: 'no space left on the disk' }),
        ended('failed'),
      ],
      ...{ load: [], acks: [], facts: [], audits: [] },
    },
    expected: ['inconclusive', 24],
    why: /^Stopped by our machinery at 0:03\.0, in baseline: no space left on the disk\./,
    but: INTERRUPTED,
  },
  {
    title: 'an undo that could not be proven outranks everything',
    changes: {
      journal: journalWith('fault-normal', {
        kind: 'undo-failed',
        ...INJECTION,
        by: 'harness',
        seen: 'nobody answers',
      }),
    },
    expected: ['inconclusive', 25],
    why: /^The fault kill is not proven gone; someone must look now\.$/,
    but: { search: 'inconclusive', available: 'inconclusive', done: 'inconclusive' },
  },
  {
    title: 'a fault that was undone and never read normal is not proven gone',
    changes: { journal: JOURNAL.filter(({ kind }) => kind !== 'fault-normal') },
    expected: ['inconclusive', 25],
    why: /^The fault kill is not proven gone/,
    but: { search: 'inconclusive', available: 'inconclusive', done: 'inconclusive' },
  },
  {
    title: 'something of ours that was found after the run must be looked at, whatever was met',
    changes: {
      journal: journalWith('residue', { kind: 'residue', found: ['order-worker, pid 4133, stopped'] }),
    },
    expected: ['met', 25],
    why: /^This run left something behind; someone must look now: order-worker, pid 4133, stopped$/,
  },
  {
    title: 'a switch that was not taken back must be looked at',
    changes: {
      journal: [
        ...JOURNAL,
        at(159_200, { kind: 'switch-undo-failed', switch: 'hang', by: 'harness', seen: 'nobody answers' }),
      ],
    },
    expected: ['met', 25],
    why: /^The switch hang is not proven undone; someone must look now\.$/,
  },
  {
    title: 'a steady state that does not come back after the fault leaves no run met',
    changes: {
      journal: [
        ...JOURNAL,
        at(75_405, {
          ...{ kind: 'hypothesis', experiment: 'kill', when: 'after', probe: 'workers', held: false },
          seen: '1 process alive',
        }),
      ],
    },
    expected: ['inconclusive', 20],
    why: /^The steady state did not hold after kill: 1 process alive\.$/,
  },
  {
    title: 'a recovery that begins late has too little left to be judged',
    changes: {
      journal: JOURNAL.map((entry) =>
        entry.kind === 'fault-normal' ? { ...entry, atUs: entry.atUs + 6_000_000 } : entry,
      ),
    },
    expected: ['inconclusive', 20],
    why: /the fault left 13 s of recovery; 16 s are needed/,
    but: { search: 'inconclusive', available: 'inconclusive', done: 'inconclusive' },
  },
]

for (const { title, changes, expected, why, but = {} } of rows)
  test(title, () => {
    const verdict = judge(runWith(changes))
    const notMet = verdict.objectives.filter((one) => one.verdict !== 'met')
    assert.deepEqual(Object.fromEntries(notMet.map((one) => [one.name, one.verdict])), but)
    assert.deepEqual([verdict.verdict, verdict.exitCode], expected)
    assert.match(verdict.why, why)
    assert.ok(verdict.why.length <= 160, `${verdict.why.length} characters`)
  })

const second = { ...INJECTION, injection: INJECTION.injection.replace(/1$/, '2') }
const [, during] = PLAN.phases

test('a record with a second phase of one experiment is refused: its effect and price are told of one', () =>
  assert.throws(
    () => judge(runWith({ plan: { ...PLAN, phases: [...PLAN.phases, { ...during!, name: 'lost-again' }] } })),
    /injects kill more than once/,
  ))

test('of a fault at two victims the one that is not proven decides', () => {
  const hit = [at(46_000, { kind: 'fault-injected', ...second })]
  const seen = { ...second, seen: 'nothing was sent' }
  const unproven = [...JOURNAL, ...hit, at(46_500, { kind: 'fault-unproven', ...seen })]
  assert.deepEqual(
    [judge(runWith({})), judge(runWith({ journal: unproven }))].map(({ faults: [fault] }) => fault?.proof),
    ['confirmed', 'unproven'],
  )
})

test('of a fault at two victims the one that is not gone decides', () => {
  const hit = [at(46_000, { kind: 'fault-injected', ...second })]
  const [fault] = judge(runWith({ journal: [...JOURNAL, ...hit] })).faults
  assert.deepEqual([fault?.undo, fault?.normalMs], ['not undone', null])
})

test('a victim that was not hit before the phase was over spoils the run, and leaves nothing to take back', () => {
  const missed = at(74_990, { kind: 'fault-unproven', ...second, seen: 'worker-2 was not hit: is it there?' })
  const { verdict, exitCode, faults, findings } = judge(runWith({ journal: [...JOURNAL, missed] }))
  const [fault] = faults
  assert.deepEqual([verdict, exitCode], ['invalid', 23])
  assert.deepEqual([fault?.proof, fault?.undo], ['unproven', 'proven gone'])
  assert.equal(fault?.normalMs, judge(runWith({})).faults[0]?.normalMs)
  assert.match(findings[0]?.why ?? '', /was never seen to act: .* is it there\?$/)
})

test('an objective on a phase of which no second was measured is not met by its other phase', () => {
  const journal = journalWith('fault-injected').concat(at(500, { kind: 'fault-injected', ...INJECTION }))
  const [search] = judge(runWith({ journal }), [SEARCH]).objectives
  assert.deepEqual(
    [search?.verdict, search?.why],
    ['inconclusive', 'No second of the phase baseline was measured.'],
  )
})

const unproven = { journal: JOURNAL.filter(({ kind }) => kind !== 'fault-confirmed') }

test('an objective on the recovery alone is tainted by a fault that nobody saw act', () => {
  const recovery = { ...SEARCH, phases: ['recovery'] }
  assert.equal(judge(runWith(unproven), [recovery]).verdict, 'invalid')
})

test('an objective on the time before a fault is not tainted by it, and the fault is not named as endured', () => {
  const baseline = { ...SEARCH, phases: ['baseline'] }
  const { verdict, why } = judge(runWith(unproven), [baseline])
  assert.deepEqual([verdict, why], ['met', 'The required objective held.'])
})

test('an advisory objective is judged and shown, and never counted', () => {
  const plan = { ...PLAN, objectives: [{ ...SEARCH, advisory: true }, AVAILABLE] }
  const verdict = judge(runWith({ plan, load: steadyLoad({ slow: 12 }) }))
  assert.equal(verdict.objectives.find(({ name }) => name === 'search')?.verdict, 'violated')
  assert.deepEqual([verdict.verdict, verdict.exitCode], ['met', 0])
})

test('a plan without a required objective decides nothing', () => {
  const plan = { ...PLAN, objectives: [{ ...SEARCH, advisory: true }] }
  assert.equal(judge(runWith({ plan })).verdict, 'inconclusive')
  assert.equal(judge(runWith({ plan: { ...PLAN, objectives: [] } })).verdict, 'inconclusive')
})

test('other objectives than the plan had can be judged on the same record', () => {
  const stricter = { ...SEARCH, good: { ...SEARCH.good!, withinMs: 50 }, promised: 'p95 < 50 ms' }
  assert.equal(judge(runWith(), [stricter]).verdict, 'violated')
})

test('an inconclusive latency names the run length that would decide it, at the rate and share it saw', () => {
  const [search] = judge(runWith({ load: steadyLoad({ slow: 4 }).slice(0, 10) }), [SEARCH]).objectives
  assert.equal(search?.verdict, 'inconclusive')
  assert.ok(search.needs !== null && search.needs.events > search.events)
  assert.ok((search.needs.lengthMs ?? 0) > 20_000)
})

test('six slow visits name the eight that would decide among four objectives', () => {
  const slow = visits([2000, 2100, 2200, 2300, 2400, 2500])
  const page = judge(runWith({ audits: slow })).objectives.find(({ name }) => name === 'page')
  assert.deepEqual(page?.needs, { events: 8, lengthMs: null })
})

test('lost ids are listed with the moment of their acknowledgement', () => {
  const lost = judge(runWith(ordersOf((n) => (n === 642 ? undefined : { doneAfterMs: 1, effects: 1 }))), [
    LOST,
  ])
  assert.deepEqual(lost.objectives[0]?.ids, [{ id: 'ord-642', what: 'accepted 1:04.2, not stored' }])
})

test('at most a hundred ids are listed, and all are counted', () => {
  const [lost] = judge(runWith(ordersOf((n) => (n % 2 ? undefined : { doneAfterMs: 1, effects: 1 }))), [
    LOST,
  ]).objectives
  assert.deepEqual([lost?.ids.length, lost?.bad], [100, 475])
})

test('orders asked about too soon may be bad and may be good: they keep a promise from being met, and break none', () => {
  const orders = ordersOf((n) => ({ doneAfterMs: n < 400 ? 800 : null, effects: 1 }), { askedMs: 97_000 })
  const done = judge(runWith(orders)).objectives.find(({ name }) => name === 'done')
  assert.deepEqual([done?.verdict, done?.events, done?.bad], ['inconclusive', 950, 550])
  assert.match(done?.why ?? '', /550 orders still open, asked about too soon to say\.$/)
  assert.deepEqual([done?.low, done?.badRatio.low], [60_000, 0])
})

test('evidence of warm-up and of the seconds around a fault is in no neighbouring phase', () => {
  const search = judge(runWith(), [SEARCH]).objectives[0]
  // baseline ends at 44 (1 s before the injection at 45.02), recovery begins at 77 (1 s after the undo at 75.1)
  assert.deepEqual(
    search?.byPhase.map(({ phase, events }) => [phase, events]),
    [
      ['baseline', 4400],
      ['recovery', 1800],
    ],
  )
})

test('the phases of a run leave no second out: availability over all counts each request once', () => {
  const [available] = judge(runWith(), [AVAILABLE]).objectives
  assert.equal(available?.events, 9500)
})

test('a page is judged by the visits of its own phases', () => {
  const elsewhere = visits([9000, 9000]).map((visit) => ({ ...visit, phase: 'recovery' }))
  const [page] = judge(runWith({ audits: [...visits([900, 910, 920, 930, 940, 950]), ...elsewhere] }), [
    PAGE,
  ]).objectives
  assert.deepEqual([page?.verdict, page?.events], ['met', 6])
})

test('a killed run says when its guardian acted and where its record ends, and asks for no more events', () => {
  const guardians = at(61_000, { kind: 'fault-undoing', ...INJECTION, by: 'guardian' })
  const verdict = judge(
    runWith({
      complete: false,
      journal: [...journalUntil(60_000), guardians],
      load: steadyLoad({ seconds: 20 }),
    }),
  )
  assert.match(
    verdict.why,
    /^The harness was killed at about 1:01; its record ends at 0:45\.3, in worker-lost, so no objective/,
  )
  assert.ok(verdict.objectives.every(({ needs }) => needs === null))
})

test('a phase in which no visit gave figures leaves its page undecided, however good the others were', () => {
  const quiet = PLAN.phases.map((one) => (one.name === 'pages' ? { ...one, name: 'idle' } : one))
  const busy = PLAN.phases.filter(({ name }) => name === 'pages')
  const plan = { ...PLAN, phases: [...quiet, ...busy] }
  const [idle, dead] = [visits([900, 950, 980, 1000, 1010, 1100]), visits(Array(6).fill('NO_FCP'))]
  const audits = [...idle.map((one) => ({ ...one, phase: 'idle' })), ...dead]
  const [seen] = judge(runWith({ plan, audits }), [{ ...PAGE, phases: ['idle', 'pages'] }]).objectives
  assert.equal(seen?.verdict, 'inconclusive')
  assert.match(seen?.why ?? '', /6 of 12 visits gave no figures: NO_FCP/)
})

test('a limit just below which a time must stay is shown in ms', () => {
  const below = { ...SEARCH, good: { measure: 'request', limit: { op: 'lt', value: 300 } } } as const
  assert.equal(judge(runWith(), [below]).objectives[0]?.unit, 'ms')
})
