import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { getCompileCacheDir } from 'node:module'
import { duration, GauntletError } from '../../../reports/run/index.ts'
import { entryFile } from '../entry.ts'
import { environmentOf } from '../environment.ts'
import { followOutput } from '../output.ts'
import { guardianAnswers } from './guardian-answers.ts'
import { type CarrierName, isToGuardian, readFromGuardian, type ToGuardian } from './guardian-protocol.ts'

const READY_WITHIN_MS = 60_000
/** Longer than the undos of many faults take at a target that does not answer. */
const CLOSED_WITHIN_MS = 60_000

export interface GuardianOptions {
  readonly runId: string
  /** where the guardian writes what it did in our stead */
  readonly journalPath: string
  /** removed by the guardian when we are gone */
  readonly scratch: string
  /** a harness that was not heard of for so long is taken for gone */
  readonly leaseMs: number
  /** where the undos are written too, in case that the guardian is killed with us; removed once all is taken back */
  readonly leasePath?: string | undefined
  /** whoever takes longer to start is given up; left out: longer than a very busy machine takes */
  readonly readyWithinMs?: number
}

/** One guardian process, and what we say to it. */
export interface GuardianLink {
  readonly pid: number
  /** aborts with a GauntletError as its reason */
  readonly lost: AbortSignal
  tell(message: ToGuardian): void
  /** resolves when the guardian says that this is done; rejects when it is lost */
  done(id: string): Promise<void>
  /** starts a process that carries faults; resolves with its address, rejects when it does not start */
  start(carrier: CarrierName): Promise<string>
  giveUp(reason: string): void
  /** one that stands still does not end by itself, and would do its undos when it wakes, in the midst of another run */
  close(): Promise<void>
}

/** Resolves when it is ready to hold something. */
export async function linkGuardian(options: GuardianOptions): Promise<GuardianLink> {
  const child = spawnGuardian(options)
  const lost = new AbortController()
  const { answer, hear, letGo } = guardianAnswers(lost.signal)
  const stderr = followOutput(child.stderr)
  const giveUp = (reason: string): void => lost.abort(lostError(reason))
  let closing = false

  followOutput(child.stdout, (line) => {
    const message = readFromGuardian(line)
    if (message === undefined) return
    const id =
      'done' in message ? message.done : startId('started' in message ? message.started : message.notStarted)
    hear(id, message)
  })
  const exited = new Promise<void>((resolve) => {
    child.once('error', (cause) => giveUp(cause.message))
    child.once('close', (code, signal) => {
      if (!closing) giveUp(`${signal ?? `exit ${code}`} ${stderr().trim()}`)
      letGo()
      resolve()
    })
  })
  child.stdin.on('error', () => {})

  const done = async (id: string): Promise<void> => void (await answer(id))
  const tell = (message: ToGuardian): void => {
    const line = JSON.stringify(message)
    // nobody would answer it, and whoever waits for that would wait for ever
    if (!isToGuardian(JSON.parse(line))) throw new Error(`this is not for the guardian: ${line}`)
    child.stdin.write(`${line}\n`)
  }
  await ready(done('ready'), child, { giveUp, ...options })
  return {
    pid: child.pid ?? 0,
    lost: lost.signal,
    tell,
    done,
    start: async (carrier) => {
      const answered = answer(startId(carrier))
      tell({ start: carrier })
      const message = await answered
      if (message !== undefined && 'url' in message) return message.url
      throw notStarted(
        carrier,
        message !== undefined && 'why' in message ? message.why : 'the guardian ended',
      )
    },
    giveUp,
    close: async () => {
      closing = true
      child.stdin.end(`${JSON.stringify({ bye: true })}\n`)
      const patienceMs = lost.signal.aborted ? options.leaseMs : CLOSED_WITHIN_MS
      const late = setTimeout(() => child.kill('SIGKILL'), patienceMs)
      await exited
      clearTimeout(late)
    },
  }
}

/** One that is not ready in time holds nothing yet, and is ended. */
async function ready(
  isReady: Promise<void>,
  child: ChildProcessWithoutNullStreams,
  {
    giveUp,
    readyWithinMs = READY_WITHIN_MS,
  }: Pick<GuardianLink, 'giveUp'> & Pick<GuardianOptions, 'readyWithinMs'>,
): Promise<void> {
  const late = setTimeout(() => giveUp(`it was not ready within ${duration(readyWithinMs)}`), readyWithinMs)
  try {
    await isReady
  } catch (error) {
    child.kill('SIGKILL')
    throw error
  } finally {
    clearTimeout(late)
  }
}

// `detached`: a session of its own, which neither Ctrl-C nor the closing of the terminal reaches.
function spawnGuardian(options: GuardianOptions): ChildProcessWithoutNullStreams {
  const { runId, journalPath, scratch, leaseMs, leasePath } = options
  // it compiles what we compiled a moment ago
  const NODE_COMPILE_CACHE = getCompileCacheDir()
  const environment = environmentOf({ file: '', args: [], environment: { NODE_COMPILE_CACHE } }, runId)
  const last = leasePath === undefined ? [] : [leasePath]
  const args = [entryFile('guardian'), runId, journalPath, scratch, String(leaseMs), ...last]
  return spawn(process.execPath, args, { detached: true, cwd: '/', env: environment, stdio: 'pipe' })
}

const startId = (carrier: CarrierName): string => `start-${carrier}`

function notStarted(carrier: CarrierName, why: string): GauntletError {
  return new GauntletError(
    'NO_CARRIER',
    `the process that carries faults (${carrier}) did not start: ${why}`,
    {
      exit: 'machinery',
    },
  )
}

function lostError(reason: string): GauntletError {
  return new GauntletError('GUARDIAN_LOST', `the guardian ended before us: ${reason}`, {
    hint: 'without it nothing would be taken back if gauntlet were killed; run again',
    exit: 'machinery',
  })
}
