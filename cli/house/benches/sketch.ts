import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { comparison, type Side } from '../bench-comparison.ts'
import type { Bench } from '../bench-model.ts'
import { compile } from '../compiled.ts'
import { accuracyOver, isAccurate } from './sketch/accuracy.ts'

const DISTRIBUTIONS = 10_000
const SEED = 20261121

let contender: ChildProcess | undefined

async function prepare(): Promise<AsyncDisposable> {
  const program = compile(join(import.meta.dirname, 'sketch/contender.ts'))
  const child = fork(program.path, { execArgv: [] })
  contender = child
  await once(child, 'message')
  return {
    [Symbol.asyncDispose]: async () => {
      child.disconnect()
      await once(child, 'exit')
      program[Symbol.dispose]()
    },
  }
}

const side = (name: string, contenderName: string): Side => ({
  name,
  run: async () => {
    contender!.send(contenderName)
    const [cost] = await once(contender!, 'message')
    return cost
  },
})

const ours = side('our sketch', 'sketch')

export const bench: Bench = {
  title:
    'Recording 10⁷ log-normal values (σ 0.6), in whole microseconds because Node takes no fractions, ' +
    'against hdr-histogram-js as build() gives it (JavaScript, not its WebAssembly) and perf_hooks.createHistogram()',
  claims: [
    comparison({ a: side('hdr-histogram-js', 'hdr'), b: ours, atMost: 0.1 }),
    comparison({ a: side("Node's histogram", 'node'), b: ours, atMost: 0.2 }),
  ],
  checks: [
    {
      title: `every quantile of ${DISTRIBUTIONS} random distributions is right to 0.2 %, and merged equals recorded at once`,
      run: () => {
        const accuracy = accuracyOver(DISTRIBUTIONS, SEED)
        const { worstError, mergedOtherwise } = accuracy
        const found = `worst ${(worstError * 100).toFixed(4)} %, ${mergedOtherwise} merged otherwise`
        return { holds: isAccurate(accuracy), found }
      },
    },
  ],
  blocks: 12,
  prepare,
}
