import {
  type Driver,
  type DriverOutcome,
  type Ended,
  messageOf,
  type RunContext,
  type Running,
} from '../../../reports/run/index.ts'
import type { AuditStep } from './audit-step.ts'
import type { FoundBrowser } from './find-browser.ts'
import type { AuditRequest } from './visit-protocol.ts'
import { visitRecorder } from './visit-recorder.ts'

export interface LighthouseOptions {
  /** how the audit process (cli/entries/audit.ts) is started; the request becomes its last argument */
  readonly entry: { readonly file: string; readonly args: readonly string[] }
  readonly browser: FoundBrowser
}

/** A page takes 4-5 s a visit: what 20 do not decide is left open rather than asked for the whole phase. */
const MOST_VISITS = 20
const RUN_STOPPED: DriverOutcome = { kind: 'stopped', reason: 'the run was stopped' }

/** Page audits: each visit by Lighthouse in a fresh browser, all visits in one child process. */
export function lighthouseDriver(options: LighthouseOptions): Driver<AuditStep> {
  return {
    prepare: async (step, context) => ({
      start: () => (context.signal.aborted ? neverStarted() : startVisits(step, options, context)),
    }),
  }
}

function startVisits(step: AuditStep, { entry, browser }: LighthouseOptions, context: RunContext): Running {
  const recorder = visitRecorder(step, context)
  let why: DriverOutcome | undefined
  let recording = Promise.resolve()
  const end = async (outcome: DriverOutcome): Promise<void> => {
    why ??= outcome
    await program.stop()
  }
  const take = async (line: string): Promise<void> => {
    const { visits, succeeded } = await recorder.take(line)
    if (succeeded >= step.audit.visits && step.decided?.(visits)) await end({ kind: 'completed' })
  }
  const program = context.exec.start({
    file: entry.file,
    args: [...entry.args, JSON.stringify(toRequest(step, browser, context))],
    // in order, one after the other; a line that cannot be kept (a full disk) ends the visits
    onLine: (line) => {
      recording = recording.then(() => take(line)).catch((error: unknown) => end(failed(error)))
    },
  })
  const stop = (reason: string): Promise<void> => end({ kind: 'stopped', reason })
  const onAbort = (): void => void end(RUN_STOPPED)
  context.signal.addEventListener('abort', onAbort, { once: true })
  const finish = async (): Promise<DriverOutcome> => {
    const ended = await program.ended
    context.signal.removeEventListener('abort', onAbort)
    await recording
    await recorder.finish()
    return why ?? toOutcome(ended)
  }
  return { done: finish().catch(failed), stop }
}

function neverStarted(): Running {
  return { done: Promise.resolve(RUN_STOPPED), stop: async () => {} }
}

function toRequest(
  { audit, lengthMs, decided }: AuditStep,
  browser: FoundBrowser,
  context: RunContext,
): AuditRequest {
  const { url, preset, visits, visitTimeoutMs } = audit
  return {
    url,
    preset,
    visits,
    enoughVisits: decided === undefined ? visits : Math.max(visits, MOST_VISITS),
    visitTimeoutMs,
    untilUs: Math.round(context.clock.nowUs() + lengthMs * 1000),
    browserPath: browser.path,
    scratch: context.scratch,
  }
}

function toOutcome(ended: Ended): DriverOutcome {
  if (ended.failedToStart === null && ended.exitCode === 0) return { kind: 'completed' }
  const lastWords = ended.stderr.trim().split('\n').at(-1) || 'nothing on standard error'
  const how = ended.failedToStart ?? `ended with ${ended.exitCode ?? ended.signal}: ${lastWords}`
  return { kind: 'failed', reason: `the page audit's process ${how}` }
}

function failed(error: unknown): DriverOutcome {
  return { kind: 'failed', reason: messageOf(error) }
}
