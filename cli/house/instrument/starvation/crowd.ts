import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { availableParallelism, constants, setPriority } from 'node:os'
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
      await exec.run({ file: 'taskset', args: ['-a', '-c', '-p', processor, String(k6.pid)] })
      makeLast(k6.pid)
      await reached(lengthMs)
    } finally {
      await Promise.all(crowd.map((one) => one.stop(1_000)))
    }
  },
}

/** sched(7): the nice value counts among the threads of a session, and that of the session's group among sessions. */
function makeLast(pid: number): void {
  const last = constants.priority.PRIORITY_LOW
  for (const thread of readdirSync(`/proc/${pid}/task`)) setPriority(Number(thread), last)
  const group = `/proc/${pid}/autogroup`
  if (existsSync(group)) writeFileSync(group, String(last))
}
