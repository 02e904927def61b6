import { readdirSync, readFileSync } from 'node:fs'
import type { ProcessIdentity } from '../../../reports/run/index.ts'
import { identify, listPids } from '../../process/identity.ts'

/** CPU time of processes and of all that they started, at one moment. */
export interface CpuTime {
  /** of each thread that lives, by its process and its id, in ns (sched-stats, first number) */
  readonly threadsNs: ReadonlyMap<string, number>
  /** of the same, threads that ended and children that ended included, in ticks of 10 ms: coarse, but whole */
  readonly ticks: number
  readonly processes: number
}

/** USER_HZ, which Linux fixes at 100 for every program (time(7)). */
const SECONDS_PER_TICK = 0.01
/** Of one process: time as a user and in the system, each cut to whole ticks. */
const CUT_TICKS = 2
/** Less than this of all CPU time is a thread that ended by the way: not worth the coarseness of ticks. */
const LOST_RATIO = 0.005

/** Empty where the system does not tell: Linux alone has /proc/PID/task/TID/schedstat. */
export function readCpuTime(roots: readonly ProcessIdentity[]): CpuTime {
  if (process.platform !== 'linux') return { threadsNs: new Map(), ticks: 0, processes: 0 }
  const alive = roots.filter(({ pid, startedAt }) => identify(pid)?.startedAt === startedAt)
  const times = familyOf(alive.map(({ pid }) => pid)).flatMap(timeOf)
  return {
    threadsNs: new Map(times.flatMap(({ threadsNs }) => threadsNs)),
    ticks: times.reduce((sum, { ticks }) => sum + ticks, 0),
    processes: times.length,
  }
}

/**
 * Seconds of CPU between each reading and the next. What ended between two readings took its nanoseconds with it, and
 * its ticks are with its process or its parent: where the whole shows that much went so, every difference is one of
 * ticks, as a thread or a child a request may be less than a tick each.
 */
export function cpuSecondsBetween(readings: readonly CpuTime[]): number[] {
  const fine = differences(readings, nanosecondsBetween).map((ns) => ns / 1e9)
  const coarse = differences(readings, (before, after) => (after.ticks - before.ticks) * SECONDS_PER_TICK)
  const lost = sum(coarse) - sum(fine)
  const cut = CUT_TICKS * Math.max(...readings.map(({ processes }) => processes)) * SECONDS_PER_TICK
  return lost > Math.max(cut, LOST_RATIO * sum(fine)) ? coarse : fine
}

const differences = (
  readings: readonly CpuTime[],
  between: (before: CpuTime, after: CpuTime) => number,
): number[] => readings.slice(1).map((after, n) => between(readings[n]!, after))

const nanosecondsBetween = (before: CpuTime, after: CpuTime): number =>
  sum([...after.threadsNs].map(([thread, ns]) => ns - (before.threadsNs.get(thread) ?? 0)))

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** These processes and all below them. */
function familyOf(roots: readonly number[]): number[] {
  const children = new Map<number, number[]>()
  for (const pid of listPids()) {
    const parent = statOf(pid)?.parent
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), pid])
  }
  const family = new Set(roots)
  for (const pid of family) for (const child of children.get(pid) ?? []) family.add(child)
  return [...family]
}

interface ProcessTime {
  readonly threadsNs: readonly (readonly [thread: string, ns: number])[]
  readonly ticks: number
}

function timeOf(pid: number): ProcessTime[] {
  const stat = statOf(pid)
  if (stat === undefined) return []
  const threadsNs = entriesOf(`/proc/${pid}/task`).map((thread) => {
    const ns = Number(readText(`/proc/${pid}/task/${thread}/schedstat`).split(' ')[0])
    return [`${pid} ${stat.startedAt} ${thread}`, ns] as const
  })
  return [{ threadsNs: threadsNs.filter(([, ns]) => ns > 0), ticks: stat.ticks }]
}

/**
 * proc_pid_stat(5): fields 4, 14 to 17 and 22; 16 and 17 are of children that ended and were waited for. Undefined when
 * the process is gone.
 */
function statOf(pid: number): { parent: number; ticks: number; startedAt: number } | undefined {
  const stat = readText(`/proc/${pid}/stat`)
  if (stat === '') return undefined
  // from field 3 on: the second is the program's name in brackets, and may itself hold blanks and brackets
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number)
  const at = (field: number): number => fields[field - 3] ?? 0
  return { parent: at(4), ticks: at(14) + at(15) + at(16) + at(17), startedAt: at(22) }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return '' // it ended
  }
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
