import { readdirSync, readFileSync } from 'node:fs'
import type { ProcessIdentity } from '../../../reports/run/index.ts'
import { identify, listPids } from '../../process/identity.ts'

/** CPU time of one process so far. */
interface ProcessTime {
  /** of each thread that lives, by its id, in ns (sched-stats, first number) */
  readonly threadsNs: ReadonlyMap<string, number>
  /** of all its threads, those that ended included, in ticks of 10 ms: too coarse for a block, but whole */
  readonly ticks: number
}

/** CPU time of processes and of all that they started, at one moment. */
export type CpuTime = ReadonlyMap<string, ProcessTime>

/** USER_HZ, which Linux fixes at 100 for every program (time(7)). */
const SECONDS_PER_TICK = 0.01

/** Empty where the system does not tell: Linux alone has /proc/PID/task/TID/schedstat. */
export function readCpuTime(roots: readonly ProcessIdentity[]): CpuTime {
  if (process.platform !== 'linux') return new Map()
  const alive = roots.filter(({ pid, startedAt }) => identify(pid)?.startedAt === startedAt)
  return new Map(familyOf(alive.map(({ pid }) => pid)).flatMap(timeOf))
}

/** Seconds of CPU between two readings. A process that is only in the first has ended: what it did since is lost. */
export function cpuSecondsBetween(before: CpuTime, after: CpuTime): number {
  let seconds = 0
  for (const [process, later] of after) {
    const earlier = before.get(process) ?? { threadsNs: new Map(), ticks: 0 }
    seconds += secondsBetween(earlier, later)
  }
  return seconds
}

/** A thread that ended took its nanoseconds with it; the process's ticks still have them. */
function secondsBetween(earlier: ProcessTime, later: ProcessTime): number {
  const lostThread = [...earlier.threadsNs.keys()].some((thread) => !later.threadsNs.has(thread))
  if (lostThread) return (later.ticks - earlier.ticks) * SECONDS_PER_TICK
  let ns = 0
  for (const [thread, now] of later.threadsNs) ns += now - (earlier.threadsNs.get(thread) ?? 0)
  return ns / 1e9
}

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

function timeOf(pid: number): [string, ProcessTime][] {
  const stat = statOf(pid)
  if (stat === undefined) return []
  const threadsNs = new Map<string, number>()
  for (const thread of entriesOf(`/proc/${pid}/task`)) {
    const ns = Number(readText(`/proc/${pid}/task/${thread}/schedstat`).split(' ')[0])
    if (ns > 0) threadsNs.set(thread, ns)
  }
  return [[`${pid} ${stat.startedAt}`, { threadsNs, ticks: stat.ticks }]]
}

/** proc_pid_stat(5): fields 4, 14, 15 and 22; undefined when the process is gone. */
function statOf(pid: number): { parent: number; ticks: number; startedAt: number } | undefined {
  const stat = readText(`/proc/${pid}/stat`)
  if (stat === '') return undefined
  // from field 3 on: the second is the program's name in brackets, and may itself hold blanks and brackets
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number)
  const at = (field: number): number => fields[field - 3] ?? 0
  return { parent: at(4), ticks: at(14) + at(15), startedAt: at(22) }
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
