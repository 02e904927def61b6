import type { Claim } from './bench-model.ts'

/** What one side of a comparison cost in one go. */
export interface Cost {
  readonly operations: number
  readonly cpuSeconds: number
  readonly wallSeconds: number
}

export interface Side {
  readonly name: string
  run(): Promise<Cost>
}

/**
 * CPU-seconds an operation of B ÷ those of A. A block is A B B A: what drifts with time, such as heat or a filling
 * cache, falls on both sides alike.
 */
export function comparison({ a, b, atMost }: { a: Side; b: Side; atMost: number }): Claim {
  return {
    title: `CPU an operation, ${b.name} ÷ ${a.name}`,
    unit: '',
    goal: { atMost },
    measure: async (tell) => {
      const costs = [await go(a, tell), await go(b, tell), await go(b, tell), await go(a, tell)] as const
      return (costs[1] + costs[2]) / (costs[0] + costs[3])
    },
  }
}

/** CPU-seconds an operation; the wall time is shown only. */
async function go(side: Side, tell: (line: string) => void): Promise<number> {
  const { operations, cpuSeconds, wallSeconds } = await side.run()
  const each = inWords(cpuSeconds / operations)
  tell(
    `${side.name}: ${operations} operations, ${each} of CPU each, ${wallSeconds.toFixed(2)} s of wall time`,
  )
  return cpuSeconds / operations
}

const inWords = (seconds: number): string =>
  seconds < 1e-6 ? `${(seconds * 1e9).toFixed(2)} ns` : `${(seconds * 1e6).toFixed(1)} µs`
