import { parseArgs } from 'node:util'
import { GauntletError } from '../../reports/run/index.ts'
import { type Bench, type Cost, medianInterval, type Side, verdictOf } from './bench-model.ts'
import { loadMember, memberNames, runTool, VERDICT_EXIT } from './members.ts'

// npm run bench -- NAME [--blocks N] | --list
const FEWEST_BLOCKS = 6

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { list: { type: 'boolean' }, blocks: { type: 'string', default: String(FEWEST_BLOCKS) } },
  })
  const [name] = positionals
  if (values.list || name === undefined) {
    for (const one of memberNames('benches')) console.log(`${one}  ${(await loadBench(one)).title}`)
    return 0
  }
  if (!/^[1-9]\d*$/.test(values.blocks))
    throw new GauntletError('USAGE', `--blocks is "${values.blocks}"`, { hint: 'a whole number from 1 on' })
  return runBench(await loadBench(name), Number(values.blocks))
}

async function loadBench(name: string): Promise<Bench> {
  const { bench } = await loadMember('benches', name)
  if (isBench(bench)) return bench
  throw new GauntletError('NOT_A_BENCH', `cli/house/benches/${name}.ts exports no \`bench\``)
}

function isBench(value: unknown): value is Bench {
  return typeof value === 'object' && value !== null && 'goalRatio' in value && 'a' in value && 'b' in value
}

// A B B A: what drifts with time, such as heat or a filling cache, falls on both sides alike.
async function runBench(bench: Bench, blocks: number): Promise<number> {
  await using _prepared = await bench.prepare?.()
  console.log(`${bench.title}\n${blocks} blocks of A B B A; A is ${bench.a.name}, B is ${bench.b.name}`)
  const ratios: number[] = []
  for (let block = 1; block <= blocks; block++) {
    const costs = [await go(bench.a), await go(bench.b), await go(bench.b), await go(bench.a)] as const
    const ratio = (costs[1] + costs[2]) / (costs[0] + costs[3])
    ratios.push(ratio)
    console.log(`block ${block} of ${blocks}: CPU an operation B ÷ A = ${ratio.toFixed(3)}`)
  }
  for (const note of bench.notes?.() ?? []) console.log(note)
  return conclude(bench, ratios)
}

/** CPU-seconds an operation; the wall time is shown only. */
async function go(side: Side): Promise<number> {
  const { operations, cpuSeconds, wallSeconds }: Cost = await side.run()
  const each = (cpuSeconds / operations) * 1e6
  console.log(
    `  ${side.name}: ${operations} operations, ${each.toFixed(1)} µs of CPU each, ${wallSeconds.toFixed(2)} s of wall time`,
  )
  return cpuSeconds / operations
}

function conclude({ goalRatio }: Bench, ratios: readonly number[]): number {
  const interval = medianInterval(ratios)
  const verdict = verdictOf(interval, goalRatio)
  const [median, low, high] = [interval.median, interval.low, interval.high].map((one) => one.toFixed(3))
  const sure = (interval.coverage * 100).toFixed(1)
  console.log(`${verdict}: median ratio ${median}, ${sure} % interval ${low} … ${high}, goal ≤ ${goalRatio}`)
  return VERDICT_EXIT[verdict]
}

await runTool(main)
