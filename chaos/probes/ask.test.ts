import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Control, controlOf, type Ended, type Fact, type HttpReply } from '../../reports/run/index.ts'
import { fakeContext } from '../../reports/run/testing.ts'
import { askProbe } from './ask.ts'
import type { Probe } from './probe.ts'
import type { AskObjective } from './probe-kind.ts'
import { planned, sceneWith, targetWith } from './testing.ts'

const NOW_US = 1_800_000_000_000_000

describe('a process probe', () => {
  const worker = (n: number, more = {}) => ({
    ...{ name: `worker-${n}`, pid: 100 + n, startedAt: n, labels: { app: 'worker' } },
    ...more,
  })
  const target = targetWith({
    processes: [
      worker(1),
      worker(2),
      worker(3, { state: 'stopped' }),
      worker(4, { labels: { app: 'other' } }),
      { name: 'worker-5', labels: { app: 'worker' } },
    ],
  })
  const ask = (counts: { atLeast?: number; atMost?: number }, dead: readonly number[] = []) => {
    const { scene } = sceneWith({ target }, { alive: (pid) => !dead.includes(pid) })
    return askProbe(planned({ process: { labels: { app: 'worker' }, ...counts } }), scene)
  }

  it('counts those that carry the labels, have a pid, are not stopped and live', async () => {
    assert.deepEqual(await ask({ atLeast: 2 }), {
      held: true,
      seen: 'processes with app=worker: alive 2 (at least 2 expected)',
      value: 2,
    })
  })

  it('does not hold with one too few or one too many', async () => {
    assert.equal((await ask({ atLeast: 2 }, [101])).held, false)
    assert.equal((await ask({}, [101, 102])).held, false)
    assert.equal((await ask({ atMost: 1 })).held, false)
    assert.equal((await ask({ atLeast: 1, atMost: 2 })).held, true)
  })

  it('does not count one that is said to run and has no pid, and says so', async () => {
    const untold = targetWith({
      processes: [worker(1), { name: 'worker-2', labels: { app: 'worker' }, state: 'ready' }],
    })
    const { scene } = sceneWith({ target: untold })
    const answer = await askProbe(planned({ process: { labels: { app: 'worker' }, atLeast: 2 } }), scene)
    assert.deepEqual(answer, {
      held: false,
      seen: 'processes with app=worker: alive 1 (at least 2 expected), of worker-2 nobody tells the pid',
      value: 1,
    })
  })

  it('asks the control anew, for pids change', async () => {
    const { context } = fakeContext()
    const described = targetWith({ control: { url: 'http://127.0.0.1:1', tokenFile: '/token' } })
    const control = { ...controlOf(described, context.http)!, describe: async () => target }
    const { scene } = sceneWith({ target: described, control })
    const { value } = await askProbe(planned({ process: { labels: { app: 'worker' } } }), scene)
    assert.equal(value, 2)
  })

  it('does not hold, and says why, when the control is silent', async () => {
    const described = targetWith({ control: { url: 'http://127.0.0.1:1', tokenFile: '/token' } })
    const { scene } = sceneWith()
    const control = controlOf(described, scene.context.http)
    const answer = await askProbe(planned({ process: { labels: { app: 'worker' } } }), { ...scene, control })
    assert.equal(answer.held, false)
    assert.match(answer.seen, /control did not answer GET \/describe: connection refused/)
  })
})

describe('a fact probe', () => {
  const S = 1e6
  /** accepted so many seconds ago, and whether it is done */
  const ORDERS = [
    { id: 'new', ageS: 5, done: false },
    { id: 'done', ageS: 100, done: true },
    { id: 'late', ageS: 90, done: false },
    { id: 'old', ageS: 1000, done: false },
  ]
  const fact = async (name: string, sinceUs: number): Promise<Fact> => ({
    ...{ schema: 'gauntlet/fact/1', name, atUs: NOW_US },
    rows: ORDERS.filter(({ ageS }) => NOW_US - ageS * S >= sinceUs).map(({ id, done }) => ({
      ...{ id, effects: 1 },
      doneAtUs: done ? NOW_US : null,
    })),
  })
  const ask = (probe: Omit<Probe, 'name'>) => {
    const { context } = fakeContext()
    const described = targetWith({ control: { url: 'http://127.0.0.1:1', tokenFile: '/token' } })
    const control: Control = { ...controlOf(described, context.http)!, fact }
    return askProbe(planned(probe), sceneWith({ control }).scene)
  }

  it('counts the rows accepted since then', async () => {
    const { held, value, seen } = await ask({ fact: { name: 'orders' }, tolerance: { min: 3 } })
    assert.deepEqual([held, value], [true, 3])
    assert.equal(seen, 'fact orders of the last 5 min: rows 3 (at least 3 expected)')
    assert.equal((await ask({ fact: { name: 'orders', since: '1h' }, tolerance: { max: 3 } })).held, false)
  })

  it('counts as late only what is old enough and not done', async () => {
    const late = { of: 'late', fact: { name: 'orders' } }
    assert.deepEqual((await ask({ ...late, tolerance: 0 })).value, 1)
    assert.equal((await ask({ ...late, tolerance: 0 })).held, false)
    assert.equal((await ask({ ...late, tolerance: 1 })).held, true)
    const patient = { ...late, fact: { name: 'orders', lateAfter: '95s' } }
    assert.equal((await ask({ ...patient, tolerance: 0 })).held, true)
  })

  it('is read by a JSON path', async () => {
    const path = (jsonpath: string) =>
      ask({ of: 'answer', fact: { name: 'orders' }, tolerance: { jsonpath, exists: false } })
    assert.equal((await path("$.rows[?@.id == 'lost']")).held, true)
    assert.equal((await path("$.rows[?@.id == 'late']")).held, false)
  })

  it('does not hold when the target offers no control', async () => {
    const probe = planned({ fact: { name: 'orders' }, tolerance: { min: 0 } })
    const { held, seen } = await askProbe(probe, sceneWith().scene)
    assert.deepEqual([held, seen], [false, 'fact orders of the last 5 min: the target offers no control'])
  })
})

describe('a command probe', () => {
  const ask = async (ended: Partial<Ended>, judged: Omit<Probe, 'name' | 'command'> = {}) => {
    const { scene, recorded } = sceneWith({}, { ended: () => ended })
    const command = { program: 'pg_isready', args: ['-h', '$HOME; rm'], timeout: '2s' }
    return { ...(await askProbe(planned({ command, ...judged }), scene)), commands: recorded.commands }
  }

  it('is run as it stands, in the project, with its time-out', async () => {
    const { held, seen, commands } = await ask({ exitCode: 0 })
    assert.deepEqual(commands, [
      { file: 'pg_isready', args: ['-h', '$HOME; rm'], cwd: '/nowhere', timeoutMs: 2000 },
    ])
    assert.equal(held, true)
    assert.equal(seen, 'pg_isready -h $HOME; rm: exitCode 0 (0 expected)')
  })

  it('does not hold with another exit code', async () => {
    assert.equal((await ask({ exitCode: 2 })).held, false)
    assert.equal((await ask({ exitCode: 2 }, { tolerance: [1, 2] })).held, true)
  })

  it('is judged by what it prints, without the end of its last line', async () => {
    const stdout = { of: 'stdout', tolerance: 'ready' }
    assert.equal((await ask({ stdout: 'ready\n' }, stdout)).held, true)
    assert.equal((await ask({ stdout: 'not ready\n' }, stdout)).held, false)
    assert.equal((await ask({ stdout: '3\n' }, { of: 'stdout', tolerance: { max: 3 } })).held, true)
  })

  it('is ended as soon as nobody waits for its answer any more, however long it may take', async () => {
    const { scene } = sceneWith()
    const over = new AbortController()
    const ended = Promise.withResolvers<Ended>()
    const stop = () => {
      const none = { exitCode: null, failedToStart: null, stdout: '', stderr: '', timedOut: false }
      ended.resolve({ ...none, cancelled: true, signal: 'SIGTERM' })
      return ended.promise
    }
    scene.context.exec.start = () => ({ pid: 7, ended: ended.promise, stop })
    const asked = askProbe(planned({ command: { program: 'sleep', timeout: '1h' } }), {
      ...scene,
      signal: over.signal,
    })
    over.abort()
    assert.equal((await asked).held, false)
  })

  it('does not hold when it is not there, has no end in time, or is killed', async () => {
    const none = { exitCode: null }
    const notThere = await ask({ ...none, failedToStart: 'spawn pg_isready ENOENT' })
    const endless = await ask({ ...none, timedOut: true, signal: 'SIGTERM' })
    const killed = await ask({ ...none, signal: 'SIGKILL' })
    assert.deepEqual([notThere.held, endless.held, killed.held], [false, false, false])
    assert.match(notThere.seen, /not started: spawn pg_isready ENOENT$/)
    assert.match(endless.seen, /no end within 2 s$/)
    assert.match(killed.seen, /ended by SIGKILL$/)
  })
})

describe('a promql probe', () => {
  const matrix = (...result: object[]): HttpReply => ({
    ...{ status: 200, body: { status: 'success', data: { resultType: 'matrix', result } } },
  })
  const value = (text: string) => ({ values: [[NOW_US / 1e6, text]] })
  const ask = async (reply: HttpReply, tolerance: Probe['tolerance'] = { min: 1 }) => {
    const { scene, recorded } = sceneWith({}, { reply: () => reply })
    const source = { name: 'metrics', type: 'Prometheus', url: 'http://127.0.0.1:9090' } as const
    const sources = [{ source, http: scene.context.http }]
    const probe = planned({
      promql: { source: 'metrics', query: 'min(up)', timeout: '2s' },
      tolerance: tolerance!,
    })
    return { ...(await askProbe(probe, { ...scene, sources })), requests: recorded.requests }
  }

  it('asks for the value of now, within its time-out', async () => {
    const { held, value: read, seen, requests } = await ask(matrix(value('1')))
    assert.deepEqual([held, read], [true, 1])
    assert.equal(seen, 'metrics: min(up): value 1 (at least 1 expected)')
    const { searchParams } = new URL(requests[0]?.url ?? '')
    assert.deepEqual([searchParams.get('start'), searchParams.get('end')], ['1800000000', '1800000000'])
    assert.equal(requests[0]?.timeoutMs, 2000)
  })

  it('does not hold outside its tolerance', async () => {
    assert.equal((await ask(matrix(value('0.5')))).held, false)
  })

  it('does not hold without a number, whatever the tolerance', async () => {
    const SILENT: readonly (readonly [HttpReply, RegExp])[] = [
      [matrix(), /the query gave no number$/],
      [matrix(value('NaN')), /the query gave no number$/],
      [matrix(value('1'), value('1')), /gave 2 series, and one is needed/],
      [{ status: null, reason: 'connection refused' }, /connection refused$/],
      [
        { status: 400, body: { status: 'error', errorType: 'bad_data', error: 'parse error' } },
        /parse error$/,
      ],
    ]
    for (const [reply, words] of SILENT)
      for (const tolerance of [{ min: 0 }, { max: 0 }, null, 1]) {
        const { held, seen } = await ask(reply, tolerance)
        assert.equal(held, false)
        assert.match(seen, words)
      }
  })

  it('asked about the time after a moment, it waits until the source has read something new', async () => {
    const source = { name: 'metrics', type: 'Prometheus', url: 'http://127.0.0.1:9090' } as const
    const probe = planned({ promql: { source: 'metrics', query: 'min(up)' }, tolerance: 1 })
    const asked = (readUpTo: (look: number) => number) => {
      let nowUs = NOW_US
      const wait = async (ms: number): Promise<void> => {
        nowUs += ms * 1000
      }
      const looks: string[] = []
      const vector = (look: number) => ({
        resultType: 'vector',
        result: [{ value: [0, String(readUpTo(look))] }],
      })
      const reply = ({ url }: { url: string }): HttpReply => {
        const { pathname } = new URL(url)
        looks.push(pathname)
        if (pathname.endsWith('query_range')) return matrix(value('1'))
        return { status: 200, body: { status: 'success', data: vector(looks.length) } }
      }
      const { scene } = sceneWith({ sinceUs: NOW_US }, { clock: { nowUs: () => nowUs, wait }, reply })
      const sources = [{ source, http: scene.context.http }]
      return askProbe(probe, { ...scene, sources }).then((answer) => ({ ...answer, looks: looks.length }))
    }
    const soon = await asked((look) => NOW_US / 1e6 + (look < 3 ? -1 : 1))
    assert.deepEqual([soon.held, soon.looks], [true, 4])
    const never = await asked(() => NOW_US / 1e6 - 1)
    assert.equal(never.held, false)
    assert.match(never.seen, /metrics has read nothing new since the fault$/)
  })

  it('does not hold when there is no such source', async () => {
    const probe = planned({ promql: { source: 'other', query: 'up' }, tolerance: 1 })
    assert.match((await askProbe(probe, sceneWith().scene)).seen, /there is no data source other$/)
  })
})

describe('an objective probe', () => {
  const probe = planned({ objective: { name: 'search-latency', over: '30s' } })
  const ask = (verdict: 'met' | 'violated' | 'inconclusive') => {
    const objectives: AskObjective = async (name, overMs) => ({ verdict, seen: `${name} in ${overMs} ms` })
    return askProbe(probe, sceneWith({ objectives }).scene)
  }

  it('holds when it is met, and only then', async () => {
    const met = await ask('met')
    assert.equal(met.held, true)
    assert.equal(
      met.seen,
      'objective search-latency over the last 30 s: verdict "met" ("met" expected), search-latency in 30000 ms',
    )
    assert.equal((await ask('violated')).held, false)
    assert.equal((await ask('inconclusive')).held, false)
  })

  it('is told in one line of at most 300 characters, without secrets, whatever the judge says', async () => {
    const objectives: AskObjective = async () => ({
      verdict: 'violated',
      seen: `asked\nhttp://me:hush@h\n${'x'.repeat(1000)}`,
    })
    const { seen } = await askProbe(probe, sceneWith({ objectives }).scene)
    assert.match(seen, /, asked http:\/\/\*\*\*@h x+…$/)
    assert.equal(seen.length, 300)
  })

  it('does not hold where nothing judges objectives', async () => {
    assert.equal((await askProbe(probe, sceneWith().scene)).held, false)
  })

  it('does not hold, and says why, when whoever is asked throws, whatever that is', async () => {
    for (const [thrown, why] of [
      [new TypeError('a bug'), /^objective search-latency over the last 30 s: a bug$/],
      ['a word', /: a word$/],
    ] as const) {
      const objectives: AskObjective = async () => {
        throw thrown
      }
      const { held, seen, ...answer } = await askProbe(probe, sceneWith({ objectives }).scene)
      assert.deepEqual([held, answer], [false, {}])
      assert.match(seen, why)
    }
  })
})
