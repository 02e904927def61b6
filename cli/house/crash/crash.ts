import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { ProcessIdentity } from '../../../reports/run/index.ts'
import { identify, isAlive, isStopped } from '../../process/identity.ts'
import { judgeFolder } from '../../run/judge/judge-folder.ts'
import { startSmallTarget } from '../../testing/small-target.ts'
import { type Harness, isThere, LOOK_EVERY_MS, startHarness } from './harness.ts'
import { faultsLeft, note, type Places, processesLeft } from './left.ts'
import type { CrashPoint } from './points.ts'
import { type CrashProject, crashProject } from './project.ts'

export interface CrashOptions {
  readonly leaseMs: number
  /** the process whose pid a fault on a ghost would hit */
  readonly foreign: ProcessIdentity
  /** awaited when all is started and the run is about to begin, or will not begin at all */
  readonly begin: () => Promise<void>
}

export interface CrashResult {
  /** false: the run ended before the moment came */
  readonly happened: boolean
  /** from the crash until the fault was last seen; with a harness that lives on, what it does itself is in it */
  readonly cleanMs: number
  /** after the time in which all must be gone, in words */
  readonly left: readonly string[]
  readonly verdict: string
  readonly exitCode: number | null
}

/** A busy machine may take so long to start what takes the fault back, beyond the lease. */
const CLEAN_WITHIN_MS = 15_000

/** Runs one experiment against a small target of its own, lets it come to grief, and looks at what is left. */
export async function crashOnce(
  point: CrashPoint,
  { leaseMs, foreign, begin }: CrashOptions,
): Promise<CrashResult> {
  await using small = await startSmallTarget('none', foreign)
  const target = identify(small.pid)!
  using project = crashProject(point, small.target)
  const places: Places = { control: small.control, seen: new Map(), target }
  note(small.target, places.seen)
  const harness = startHarness(point, project, { leaseMs, target: small.pid })
  await isThere(project.ready, harness)
  await begin()
  writeFileSync(project.go, '')
  const crashed = await crashIn(project, harness)
  const atMs = crashed?.atMs ?? Date.now()
  const isOver = Promise.all([
    harness.ended,
    crashed?.isStopped ? goOnAfter(2 * leaseMs, crashed.hit) : undefined,
  ])
  const { lastMs, left } = await watchFaults(places, isOver)
  const processes = await processesOf(project)
  const verdict = await verdictOf(project, point)
  return {
    ...{ happened: crashed !== undefined, cleanMs: Math.max(0, lastMs - atMs), verdict },
    left: [...left, ...processes, ...harness.late()],
    exitCode: await harness.ended,
  }
}

interface Crashed {
  readonly atMs: number
  readonly hit: readonly ProcessIdentity[]
  readonly isStopped: boolean
}

async function crashIn({ said }: CrashProject, harness: Harness): Promise<Crashed | undefined> {
  await isThere(said, harness)
  for (;;) {
    try {
      return existsSync(said) ? JSON.parse(readFileSync(said, 'utf8')) : undefined
    } catch {
      await pause(LOOK_EVERY_MS) // half of it is written
    }
  }
}

/** From when they stand still: on a busy machine they may do so long after it was said, and would be woken before. */
async function goOnAfter(ms: number, stopped: readonly ProcessIdentity[]): Promise<void> {
  const until = performance.now() + CLEAN_WITHIN_MS
  const isAwake = (one: ProcessIdentity) => isAlive(one) && !isStopped(one)
  while (stopped.some(isAwake) && performance.now() < until) await pause(LOOK_EVERY_MS)
  await pause(ms)
  for (const one of stopped) if (isAlive(one)) process.kill(one.pid, 'SIGCONT')
}

/** Looks until all is over and nothing is left, or for as long as it may take; when something was seen last. */
async function watchFaults(
  places: Places,
  isOver: Promise<unknown>,
): Promise<{ left: string[]; lastMs: number }> {
  let untilMs = Number.POSITIVE_INFINITY
  void isOver.then(() => {
    untilMs = performance.now() + CLEAN_WITHIN_MS
  })
  for (let lastMs = 0; ; ) {
    const left = await faultsLeft(places)
    if (left.length > 0) lastMs = Date.now()
    else if (untilMs < Number.POSITIVE_INFINITY) return { left, lastMs }
    if (performance.now() > untilMs) return { left, lastMs }
    await pause(LOOK_EVERY_MS)
  }
}

async function processesOf(project: CrashProject): Promise<string[]> {
  const until = performance.now() + CLEAN_WITHIN_MS
  for (;;) {
    const left = processesLeft(runIdIn(project))
    if (left.length === 0 || performance.now() > until) return left
    await pause(LOOK_EVERY_MS)
  }
}

function runIdIn({ disk }: CrashProject): string | undefined {
  const runs = join(disk, 'runs')
  return existsSync(runs) ? readdirSync(runs)[0] : undefined
}

/** As whoever finds the folder would judge it; of the journal only what the point leaves. */
async function verdictOf(project: CrashProject, { who, cutRatio }: CrashPoint): Promise<string> {
  const runId = runIdIn(project)
  if (runId === undefined) return 'no run'
  const folder = join(project.disk, 'runs', runId)
  const journal = join(folder, 'journal.ndjson')
  if (who === 'journal' && existsSync(journal))
    truncateSync(journal, Math.floor(cutRatio * readFileSync(journal).length))
  return judgeFolder(folder).then(
    ({ verdict }) => verdict.verdict,
    () => 'no verdict',
  )
}
