import type { JournalFact } from './journal.ts'
import type { PlannedPhase } from './plan.ts'

/** The run's one clock. */
export interface Clock {
  /** microseconds since 1970, never going back: performance.timeOrigin + performance.now() */
  nowUs(): number
  /** resolves after so many ms, or rejects as soon as the signal aborts */
  wait(ms: number, signal?: AbortSignal): Promise<void>
}

export interface Command {
  readonly file: string
  readonly args: readonly string[]
  readonly cwd?: string
  /** added to the caller's environment; undefined takes a name out */
  readonly environment?: Readonly<Record<string, string | undefined>>
  /** false: the caller's environment is not passed on, only `environment`, PATH, HOME and TMPDIR */
  readonly inheritEnvironment?: boolean
  readonly timeoutMs?: number
  /** before others that wait for a processor, where the system lets us: an instrument that waits measures itself */
  readonly goesFirst?: boolean
  /** called with each whole line of standard error as it comes */
  readonly onErrorLine?: (line: string) => void
  /** called with each whole line of standard output as it comes */
  readonly onLine?: (line: string) => void
}

/** One result shape for every way a program can end. */
export interface Ended {
  /** null when it was ended by a signal or never started */
  readonly exitCode: number | null
  readonly signal: string | null
  readonly timedOut: boolean
  /** stopped by us */
  readonly cancelled: boolean
  /** why it could not be started */
  readonly failedToStart: string | null
  /** the last 64 KiB of each */
  readonly stdout: string
  readonly stderr: string
}

export interface Program {
  readonly pid: number | undefined
  readonly ended: Promise<Ended>
  /** TERM, wait, KILL, for it and all it started; resolves when it is gone */
  stop(graceMs?: number): Promise<Ended>
}

export interface ProcessIdentity {
  readonly pid: number
  /** as in the target's description: compared for equality, so that a recycled pid is never hit */
  readonly startedAt: number
}

/** Other programs and processes; the real one stands in cli/process. All that it starts is marked with GAUNTLET_RUN. */
export interface Exec {
  run(command: Command): Promise<Ended>
  start(command: Command): Program
  /** false when the process is gone or its start time differs: then nothing was sent */
  signal(
    process: ProcessIdentity & { readonly signal: 'SIGTERM' | 'SIGKILL' | 'SIGSTOP' | 'SIGCONT' },
  ): boolean
  isAlive(process: ProcessIdentity): boolean
  /** this very process lives and is stopped by a signal */
  isStopped(process: ProcessIdentity): boolean
  /** how long the threads of a program, all together, were ready to run and waited for a processor; null: nobody tells */
  schedulerDelayMs(pid: number): number | null
}

export interface HttpRequest {
  readonly method?: 'GET' | 'PUT' | 'POST' | 'DELETE'
  readonly url: string
  /** a Unix socket that is asked instead of the host in `url` */
  readonly socketPath?: string
  /** a file whose content is sent as the bearer token, read when the request is sent and never kept */
  readonly tokenFile?: string
  readonly body?: unknown
  readonly timeoutMs?: number
}

/** A reply, or the reason why there is none; it never throws. */
export type HttpReply =
  | { readonly status: number; readonly body: unknown }
  | { readonly status: null; readonly reason: string }

export interface Http {
  send(request: HttpRequest): Promise<HttpReply>
}

/** Latest figures of the load, for people who watch; not yet a verdict. */
export interface LiveFigures {
  readonly second: number
  readonly perSecond: number
  readonly p95Ms: number | null
  readonly errorRatio: number | null
}

export interface Log {
  /** one fact worth a line of its own */
  fact(line: string): void
  /** what is being done now and may take a while */
  doing(line: string): void
  /** a phase begins; undefined: none is on any more */
  phase(phase: PlannedPhase | undefined): void
  live(figures: LiveFigures): void
}

/** Files of the run folder that grow by one JSON line at a time. */
export type EvidenceFile =
  | 'load.ndjson'
  | 'acks.ndjson'
  | 'facts.ndjson'
  | 'audits.ndjson'
  | 'probes.ndjson'
  | 'queries.ndjson'

/** The only way into the run folder. */
export interface Recorder {
  /** returns when the line is on disk */
  journal(fact: JournalFact, atUs?: number): Promise<void>
  /** appends one line; a full disk makes it, and every later call, reject with GauntletError DISK_FULL */
  evidence(file: EvidenceFile, line: object): Promise<void>
  /** writes a whole file below the run folder, such as evidence/instrument.json */
  document(path: string, content: object | string): Promise<void>
}

/** All side effects come through here; the fake stands in testing.ts. */
export interface RunContext {
  readonly runId: string
  /** a folder for sockets, FIFOs, profiles and logs of this run; removed when it ends */
  readonly scratch: string
  /** the project's root: where content lies and relative paths start */
  readonly projectRoot: string
  readonly clock: Clock
  readonly exec: Exec
  readonly http: Http
  readonly log: Log
  readonly signal: AbortSignal
  readonly record: Recorder
}
