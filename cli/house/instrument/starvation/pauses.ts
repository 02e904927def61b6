import type { Starvation } from './starvation.ts'

const RUNS_FOR_MS = 150
const [LEAST_MS, MOST_MS] = [150, 900]

/** As a virtual machine whose host gives it no time: k6 stands still again and again. */
export const pauses: Starvation = {
  name: 'pauses',
  whyNot: () => undefined,
  starve: async ({ k6, exec, reached }, { harshness, lengthMs }) => {
    const stoppedMs = LEAST_MS + harshness * (MOST_MS - LEAST_MS)
    const period = RUNS_FOR_MS + stoppedMs
    try {
      for (let atMs = 0; atMs + period < lengthMs && exec.isAlive(k6); atMs += period) {
        exec.signal({ ...k6, signal: 'SIGSTOP' })
        await reached(atMs + stoppedMs)
        exec.signal({ ...k6, signal: 'SIGCONT' })
        await reached(atMs + period)
      }
    } finally {
      exec.signal({ ...k6, signal: 'SIGCONT' })
    }
  },
}
