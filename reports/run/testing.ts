import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import type { Clock, Command, Ended, EvidenceFile, HttpReply, HttpRequest, RunContext } from './context.ts'
import type { JournalFact } from './journal.ts'

/** What a fake context was asked to do, in order. */
export interface Recorded {
  readonly journal: (JournalFact & { atUs: number })[]
  readonly evidence: Record<EvidenceFile, object[]>
  readonly documents: Map<string, object | string>
  readonly commands: Command[]
  readonly requests: HttpRequest[]
  readonly signals: { pid: number; startedAt: number; signal: string }[]
  readonly lines: string[]
}

export interface FakeClock extends Clock {
  /** moves time on and lets waits that are due resolve */
  advance(ms: number): Promise<void>
}

export function fakeClock(startUs = 1_800_000_000_000_000): FakeClock {
  let nowUs = startUs
  let waiting: { dueUs: number; resolve: () => void }[] = []
  return {
    nowUs: () => nowUs,
    wait: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason)
        signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
        waiting.push({ dueUs: nowUs + ms * 1000, resolve })
      }),
    advance: async (ms) => {
      nowUs += ms * 1000
      const due = waiting.filter((one) => one.dueUs <= nowUs)
      waiting = waiting.filter((one) => one.dueUs > nowUs)
      for (const one of due) one.resolve()
      await new Promise((resolve) => queueMicrotask(() => resolve(undefined)))
    },
  }
}

export interface FakeOptions {
  readonly clock?: Clock
  readonly signal?: AbortSignal
  /** answers in the order of the requests; without one a request finds nobody */
  readonly reply?: (request: HttpRequest) => HttpReply
  readonly ended?: (command: Command) => Partial<Ended>
  /** how long a program has waited for a processor; without it nobody tells */
  readonly schedulerDelayMs?: () => number | null
  /** whether a process (pid) is alive */
  readonly alive?: (pid: number) => boolean
  /** whether a process (pid) is stopped */
  readonly stopped?: (pid: number) => boolean
}

const ENDED: Ended = {
  exitCode: 0,
  signal: null,
  timedOut: false,
  cancelled: false,
  failedToStart: null,
  stdout: '',
  stderr: '',
}

/** A RunContext at the edge of the process: it records what it was asked and starts nothing. */
export function fakeContext(options: FakeOptions = {}): { context: RunContext; recorded: Recorded } {
  const clock = options.clock ?? fakeClock()
  const recorded: Recorded = {
    journal: [],
    evidence: {
      ...{ 'load.ndjson': [], 'acks.ndjson': [], 'facts.ndjson': [], 'audits.ndjson': [] },
      ...{ 'probes.ndjson': [], 'queries.ndjson': [] },
    },
    documents: new Map(),
    commands: [],
    requests: [],
    signals: [],
    lines: [],
  }
  const run = async (command: Command): Promise<Ended> => {
    recorded.commands.push(command)
    return { ...ENDED, ...options.ended?.(command) }
  }
  const context: RunContext = {
    runId: '20261121-014530-k3f9',
    scratch: '/nowhere',
    projectRoot: '/nowhere',
    clock,
    signal: options.signal ?? new AbortController().signal,
    exec: {
      run,
      start: (command) => {
        const ended = run(command)
        return { pid: 4242, ended, stop: () => ended }
      },
      signal: (process) => {
        recorded.signals.push(process)
        return options.alive?.(process.pid) ?? true
      },
      isAlive: ({ pid }) => options.alive?.(pid) ?? true,
      isStopped: ({ pid }) => options.stopped?.(pid) ?? false,
      schedulerDelayMs: () => options.schedulerDelayMs?.() ?? null,
    },
    http: {
      send: async (request) => {
        recorded.requests.push(request)
        return options.reply?.(request) ?? { status: null, reason: 'connection refused' }
      },
    },
    log: {
      fact: (line) => void recorded.lines.push(line),
      doing: (line) => void recorded.lines.push(line),
      phase: (phase) => void (phase && recorded.lines.push(phase.name)),
      live: () => {},
    },
    record: {
      journal: async (fact, atUs = clock.nowUs()) => void recorded.journal.push({ ...fact, atUs }),
      evidence: async (file, line) => void recorded.evidence[file].push(line),
      document: async (path, content) => void recorded.documents.set(path, content),
    },
  }
  return { context, recorded }
}

/** Waits until the condition holds; fails the test, naming it, when it does not in time. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, withinMs = 15_000) {
  const end = performance.now() + withinMs
  while (!(await holds())) {
    if (performance.now() > end) assert.fail(`not within ${withinMs} ms: ${what}`)
    await pause(20)
  }
}
