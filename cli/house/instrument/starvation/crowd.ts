import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { availableParallelism, constants, setPriority } from 'node:os'
import type { Exec, ProcessIdentity } from '../../../../reports/run/index.ts'
import { identify } from '../../../process/identity.ts'
import type { Starvation } from './starvation.ts'

const [FEWEST, MOST] = [1, 4]

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
    try {
      await pin(k6, processor, exec)
      weigh(k6, constants.priority.PRIORITY_LOW)
      await reached(lengthMs)
    } finally {
      await Promise.all(crowd.map((one) => one.stop(1_000)))
      // so that it can end its work in time beside all others
      await pin(k6, `0-${processor}`, exec)
      if (process.getuid?.() === 0) weigh(k6, constants.priority.PRIORITY_NORMAL)
    }
  },
}

async function pin({ pid }: ProcessIdentity, processors: string, exec: Exec): Promise<void> {
  await exec.run({ file: 'taskset', args: ['-a', '-c', '-p', processors, String(pid)] })
}

/** sched(7): the nice value counts among the threads of a session, and that of the session's group among sessions. */
function weigh({ pid }: ProcessIdentity, nice: number): void {
  try {
    for (const thread of readdirSync(`/proc/${pid}/task`)) setPriority(Number(thread), nice)
    const group = `/proc/${pid}/autogroup`
    if (existsSync(group)) writeFileSync(group, String(nice))
  } catch (error) {
    if (identify(pid) !== undefined) throw error
  }
}
