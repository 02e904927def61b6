import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Compile } from 'typebox/compile'
import {
  type Exec,
  GauntletError,
  JournalEntry,
  type ProcessIdentity,
  Verdict,
} from '../../../reports/run/index.ts'
import { identify } from '../../process/identity.ts'
import { markedProcesses } from '../../process/marks.ts'
import { watchOtherWork } from './other-work.ts'
import type { Scene } from './scene.ts'

/** A run whose load is on. */
export interface LiveRun {
  readonly k6: ProcessIdentity
  readonly clerk: ProcessIdentity
  readonly exec: Exec
  /** resolves so many ms after second 0, or as soon as the run is over */
  reached(ms: number): Promise<void>
}

/** What is done to a run from second 0 on; it leaves everything as it was. */
export type Disturbance = (run: LiveRun) => Promise<void>

export interface MeasuredRun {
  readonly verdict: Verdict
  readonly folder: string
  /** how much of this machine's processors was taken by what is none of the run's, while it lasted */
  readonly otherWorkRatio: number
}

const GAUNTLET = resolve(import.meta.dirname, '../../gauntlet.cjs')
/** An interrupted run undoes, judges and writes its reports first. */
const GRACE_MS = 20_000
const LOOK_EVERY_MS = 20
const isVerdict = Compile(Verdict)
const isEntry = Compile(JournalEntry)

/** The real `gauntlet run`, from its start to its verdict. */
export async function measuredRun(
  plan: string,
  scene: Scene,
  disturb: Disturbance = async () => {},
): Promise<MeasuredRun> {
  scene.interrupted.throwIfAborted()
  const earlier = runFolders(scene)
  const otherWork = watchOtherWork()
  const run = scene.exec.start({
    file: process.execPath,
    args: [GAUNTLET, 'run', plan, '--plain', '--allow-undecidable', '--port', String(scene.port)],
    cwd: scene.project,
    environment: { K6_BIN: scene.k6 },
  })
  const over = new AbortController()
  const stop = (): void => void run.stop(GRACE_MS)
  scene.interrupted.addEventListener('abort', stop)
  try {
    const ended = run.ended.finally(() => over.abort())
    const live = liveRun(earlier, scene, over.signal)
    const [{ stderr }] = await Promise.all([ended, live.then((one) => one && disturb(one))])
    scene.interrupted.throwIfAborted()
    const otherWorkRatio = otherWork.ratio()
    return { ...judged(newFolder(earlier, scene), stderr), otherWorkRatio }
  } finally {
    scene.interrupted.removeEventListener('abort', stop)
    await run.stop(GRACE_MS)
  }
}

/** Waits for second 0; undefined when the run is over before. */
async function liveRun(
  earlier: readonly string[],
  scene: Scene,
  over: AbortSignal,
): Promise<LiveRun | undefined> {
  while (!over.aborted) {
    const folder = newFolder(earlier, scene)
    const zero = folder === undefined ? undefined : secondZero(folder)
    if (folder !== undefined && zero !== undefined) {
      const untilMs = (ms: number): number =>
        zero.atUs / 1000 + ms - performance.timeOrigin - performance.now()
      return {
        ...{ k6: k6Of(folder, scene), clerk: clerkOf(scene), exec: scene.exec },
        reached: (ms) => pause(Math.max(0, untilMs(ms)), undefined, { signal: over }).catch(() => {}),
      }
    }
    await pause(LOOK_EVERY_MS)
  }
  return undefined
}

function runFolders({ project }: Scene): string[] {
  const folder = join(project, '.gauntlet/runs')
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : []
}

const newFolder = (earlier: readonly string[], scene: Scene): string | undefined =>
  runFolders(scene).find((folder) => !earlier.includes(folder))

function secondZero(folder: string): JournalEntry | undefined {
  const lines = textOf(join(folder, 'journal.ndjson')).split('\n').slice(0, -1)
  const entries = lines.map((line): unknown => JSON.parse(line)).filter((entry) => isEntry.Check(entry))
  return entries.find(({ kind }) => kind === 'second-zero')
}

function k6Of(folder: string, { k6 }: Scene): ProcessIdentity {
  const binary = realpathSync(k6)
  const runId = folder.slice(folder.lastIndexOf('/') + 1)
  return found(
    'k6',
    markedProcesses(runId).find(({ pid }) => executableOf(pid) === binary),
  )
}

const clerkOf = ({ project }: Scene): ProcessIdentity =>
  found('the clerk', identify(Number(textOf(join(project, 'server.pid')))))

function found(what: string, identity: ProcessIdentity | undefined): ProcessIdentity {
  if (identity !== undefined) return identity
  throw new GauntletError('NO_PROCESS', `${what} is not to be found among the processes`, {
    exit: 'machinery',
  })
}

function judged(folder: string | undefined, stderr: string): Pick<MeasuredRun, 'verdict' | 'folder'> {
  const text = folder === undefined ? '' : textOf(join(folder, 'verdict.json'))
  const verdict: unknown = text === '' ? undefined : JSON.parse(text)
  if (folder !== undefined && isVerdict.Check(verdict)) return { verdict, folder }
  throw new GauntletError('NOT_JUDGED', 'a run came to no verdict', { exit: 'machinery', hint: stderr })
}

function executableOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/exe`)
  } catch {
    return undefined // it ended
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
