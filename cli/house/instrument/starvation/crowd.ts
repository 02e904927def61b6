import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism, constants, getPriority, setPriority } from 'node:os'
import type { Exec, ProcessIdentity } from '../../../../reports/run/index.ts'
import { identify } from '../../../process/identity.ts'
import type { Starvation } from './starvation.ts'

const [FEWEST, MOST] = [1, 4]
const LAST = constants.priority.PRIORITY_LOW

/** As a machine with other work of more weight: k6 shares one processor with programs that never rest. */
export const crowd: Starvation = {
  name: 'crowd',
  whyNot: () => (spawnSync('taskset', ['--version']).error ? 'there is no taskset' : undefined),
  starve: async ({ k6, exec, reached }, { harshness, lengthMs }) => {
    const processor = String(availableParallelism() - 1)
    const busy = `const end = performance.now() + ${lengthMs}; while (performance.now() < end);`
    const crowd = Array.from({ length: Math.round(FEWEST + harshness * (MOST - FEWEST)) }, () =>
      exec.start({ file: 'taskset', args: ['-c', processor, process.execPath, '-e', busy] }),
    )
    const before = niceOf(k6)
    try {
      await pin(k6, processor, exec)
      setNice(k6, { threads: LAST, session: LAST })
      await reached(lengthMs)
    } finally {
      await Promise.all(crowd.map((one) => one.stop(1_000)))
      // so that it can end its work in time beside all others
      await pin(k6, `0-${processor}`, exec)
      if (process.getuid?.() === 0) setNice(k6, before)
    }
  },
}

async function pin({ pid }: ProcessIdentity, processors: string, exec: Exec): Promise<void> {
  await exec.run({ file: 'taskset', args: ['-a', '-c', '-p', processors, String(pid)] })
}

/** sched(7): that of a thread counts within its session only where the system groups by session, and then that of the group. */
interface Nice {
  readonly threads: number
  readonly session: number
}

const sessionOf = ({ pid }: ProcessIdentity): string => `/proc/${pid}/autogroup`

function niceOf(k6: ProcessIdentity): Nice {
  const group = existsSync(sessionOf(k6)) ? readFileSync(sessionOf(k6), 'utf8') : ''
  return { threads: getPriority(k6.pid), session: Number(/nice (-?\d+)/.exec(group)?.[1] ?? 0) }
}

function setNice(k6: ProcessIdentity, { threads, session }: Nice): void {
  try {
    for (const thread of readdirSync(`/proc/${k6.pid}/task`)) setPriority(Number(thread), threads)
    if (existsSync(sessionOf(k6))) writeFileSync(sessionOf(k6), String(session))
  } catch (error) {
    if (identify(k6.pid) !== undefined) throw error
  }
}
