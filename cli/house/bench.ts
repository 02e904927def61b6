import { parseArgs } from 'node:util'
import { GauntletError } from '../../reports/run/index.ts'
import { percent } from '../../reports/run/words/words.ts'
import { acquire } from '../process/locks.ts'
import {
  type Bench,
  type BenchVerdict,
  type Claim,
  type Goal,
  medianInterval,
  verdictOf,
  worstOf,
} from './bench-model.ts'
import { MOST_STOLEN, watchStolen } from './instrument/other-work.ts'
import { loadMember, memberNames, runTool, VERDICT_EXIT } from './members.ts'

const USAGE = 'npm run bench -- NAME [--blocks N] | --list'
const FEWEST_BLOCKS = 6

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { list: { type: 'boolean' }, blocks: { type: 'string' } },
  })
  const [name] = positionals
  if (values.list || name === undefined) {
    for (const one of memberNames('benches')) console.log(`${one}  ${(await loadBench(one)).title}`)
    return 0
  }
  if (values.blocks !== undefined && !/^[1-9]\d*$/.test(values.blocks))
    throw new GauntletError('USAGE', `--blocks is "${values.blocks}"`, { hint: 'a whole number from 1 on' })
  const bench = await loadBench(name)
  using _lock = bench.isLockTakenWithin ? undefined : await lockMachine(name)
  return runBench(bench, Number(values.blocks ?? bench.blocks ?? FEWEST_BLOCKS))
}

async function loadBench(name: string): Promise<Bench> {
  const { bench } = await loadMember('benches', name)
  if (isBench(bench)) return bench
  throw new GauntletError('NOT_A_BENCH', `cli/house/benches/${name}.ts exports no \`bench\``)
}

function isBench(value: unknown): value is Bench {
  return typeof value === 'object' && value !== null && 'title' in value && 'claims' in value
}

function lockMachine(name: string) {
  return acquire('measuring', {
    what: `bench ${name}`,
    waitMs: 60_000,
    onWait: ({ what, pid }) =>
      console.log(`waiting up to 60 s: this machine measures for ${what} (pid ${pid})`),
  })
}

async function runBench(bench: Bench, blocks: number): Promise<number> {
  console.log(bench.title)
  const checked = checkAll(bench)
  await using _prepared = await bench.prepare?.()
  const measured = await measureAll(bench.claims, blocks)
  for (const note of bench.notes?.() ?? []) console.log(note)
  const decided = measured.map(([claim, figures]) => decide(claim, figures))
  return VERDICT_EXIT[worstOf([...checked, ...decided])]
}

function checkAll({ checks = [] }: Bench): BenchVerdict[] {
  return checks.map(({ title, run }) => {
    const { holds, found } = run()
    const verdict = holds ? 'met' : 'violated'
    console.log(`${verdict}: ${title}: ${found}`)
    return verdict
  })
}

/** Round after round, as what disturbs comes and goes, until each claim has a figure of each block or no round is left. */
async function measureAll(claims: readonly Claim[], blocks: number): Promise<(readonly [Claim, number[]])[]> {
  const measured = claims.map((claim) => [claim, [] as number[]] as const)
  for (let round = 1; round <= blocks * MOST_ROUNDS_A_BLOCK; round++)
    for (const [claim, figures] of measured) {
      if (figures.length === blocks) continue
      const figure = await measureUndisturbed(claim)
      if (figure === undefined) continue
      figures.push(figure)
      console.log(`block ${figures.length} of ${blocks}: ${claim.title}: ${inWords(figure, claim)}`)
    }
  return measured
}

const MOST_ROUNDS_A_BLOCK = 8

/** Undefined when the host took time from us meanwhile, which is known without a look at the figure. */
async function measureUndisturbed(claim: Claim): Promise<number | undefined> {
  const stolen = watchStolen()
  const figure = await claim.measure((line) => console.log(`  ${line}`))
  const ratio = stolen.ratio()
  if (ratio <= MOST_STOLEN) return figure
  console.log(`  left out: the host took ${percent(ratio)} of the time that programs wanted here`)
  return undefined
}

function decide(claim: Claim, figures: readonly number[]): BenchVerdict {
  if (figures.length === 0) {
    console.log(`inconclusive: ${claim.title}: the host disturbed every block`)
    return 'inconclusive'
  }
  const interval = medianInterval(figures)
  const verdict = verdictOf(interval, claim.goal)
  const [median, low, high] = [interval.median, interval.low, interval.high].map((one) => inWords(one, claim))
  const sure = (interval.coverage * 100).toFixed(1)
  console.log(
    `${verdict}: ${claim.title}: median ${median} of ${figures.length} blocks, ${sure} % interval ${low} … ${high}, goal ${goalInWords(claim.goal)}`,
  )
  return verdict
}

const inWords = (figure: number, { unit }: Claim): string =>
  `${Number(figure.toPrecision(3)).toLocaleString('en')} ${unit}`.trim()

const goalInWords = (goal: Goal): string =>
  'atMost' in goal ? `≤ ${goal.atMost.toLocaleString('en')}` : `≥ ${goal.atLeast.toLocaleString('en')}`

await runTool(USAGE, main)
