import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { delimiter, join, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { runStaticCheck, STATIC_CHECKS } from './static-checks.ts'
import { type FileResult, runTestFile } from './test-file.ts'
import { totalOf } from './test-outcomes.ts'

// npm test [-- FILE…] [--tier static|unit|real]
const root = resolve(import.meta.dirname, '../..')
const MINUTE_MS = 60_000

interface Task {
  readonly name: string
  run(): Promise<FileResult>
}

/** Lanes run beside each other, the tasks of one after each other; a task that stands in two is run by the first to come. */
interface Tier {
  readonly name: string
  readonly lanes: readonly (readonly Task[])[]
}

const GOES_LAST = join(import.meta.dirname, 'goes-last.ts')
/** Plaza under load takes all of two processors, and what others take of them is itself measured: nothing runs beside these. */
const ALONE = ['cli/verify-short.real.test.ts', 'cli/experiments.real.test.ts', 'cli/starved.real.test.ts']
/** What takes longest begins first, else all wait for it at the end. */
const FIRST = [
  'cli/crash.real.test.ts',
  'cli/house/build.real.test.ts',
  'scenarios/drivers/lighthouse/lighthouse.real.test.ts',
]

function tiersOf(files: readonly string[], withStatic: boolean): Tier[] {
  const checks = STATIC_CHECKS.map((check) => ({ name: check.title, run: () => runStaticCheck(check) }))
  const isReal = (file: string): boolean => file.endsWith('.real.test.ts')
  const unit = files.filter((file) => !isReal(file)).map((file) => taskOf(file, { limitMs: 2 * MINUTE_MS }))
  const real = (belongs: (file: string) => boolean, preload: readonly string[] = []): Task[] =>
    files
      .filter((file) => isReal(file) && belongs(file))
      .map((file) => taskOf(file, { limitMs: 20 * MINUTE_MS, preload }))
  const isAlone = (file: string): boolean => ALONE.includes(relative(root, file))
  const measuring = real((file) => !isAlone(file) && measures(file))
  const yielding = real((file) => !isAlone(file) && !measures(file), [GOES_LAST]).sort(
    (a, b) => Number(FIRST.includes(b.name)) - Number(FIRST.includes(a.name)),
  )
  const together = availableParallelism()
  return [
    { name: 'static', lanes: Array.from({ length: together }, () => (withStatic ? checks : [])) },
    { name: 'unit', lanes: Array.from({ length: together }, () => unit) },
    { name: 'real', lanes: [real(isAlone)] },
    {
      name: 'real, side by side',
      // Most of their time they wait, for a lease that runs out or a phase that ends.
      lanes: [[...measuring, ...yielding], [...measuring, ...yielding], yielding, yielding, yielding],
    },
  ]
}

function taskOf(file: string, options: Parameters<typeof runTestFile>[1]): Task {
  return { name: relative(root, file), run: () => runTestFile(file, options) }
}

/** Tests of runs under load make them again when the machine was too busy: so they have it before all others. */
const measures = (file: string): boolean => readFileSync(file, 'utf8').includes("/spare-runs.ts'")

async function runTier({ lanes }: Tier): Promise<FileResult[]> {
  const results: FileResult[] = []
  const begun = new Set<Task>()
  const work = async (tasks: readonly Task[]): Promise<void> => {
    for (const task of tasks) {
      if (begun.has(task)) continue
      begun.add(task)
      const result = { ...(await task.run()), file: task.name }
      report(result)
      results.push(result)
    }
  }
  await Promise.all(lanes.map(work))
  return results
}

function report({ file, outcomes, durationMs }: FileResult): void {
  const { passed, failed, skipped } = totalOf(outcomes)
  const mark = failed > 0 ? '✗' : '✓'
  console.log(
    `${mark} ${file}  ${passed} passed, ${failed} failed, ${skipped} skipped  ${seconds(durationMs)}`,
  )
  let told = ''
  for (const one of outcomes) {
    if (one.kind === 'skipped') console.log(`  ↷ ${one.title} — skipped: ${one.detail}`)
    if (one.kind !== 'failed') continue
    // A hook that fails takes all tests of its file with it, for the one reason.
    console.log(`  ✗ ${file} › ${one.title}\n${indent(one.detail === told ? 'as above' : one.detail)}`)
    told = one.detail
  }
}

function indent(text: string): string {
  return text.trimEnd().replace(/^/gm, '      ')
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}

function findFiles(): string[] {
  const ignored = /(^|\/)(node_modules|dist|fixtures|\.[^/]+)(\/|$)/
  return globSync('**/*.test.ts', { cwd: root, exclude: (path) => ignored.test(path) })
    .map((file) => join(root, file))
    .sort()
}

const LONGEST = 10

async function main(): Promise<void> {
  for (const name of [...ALONE, ...FIRST]) readFileSync(join(root, name)) // of one that is gone nobody would notice
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { tier: { type: 'string' } } })
  const chosen = positionals.map((file) => resolve(file))
  const tiers = tiersOf(chosen.length > 0 ? chosen : findFiles(), chosen.length === 0)
  const results: FileResult[] = []
  const times: string[] = []
  for (const tier of tiers.filter(({ name }) => name.startsWith(values.tier ?? ''))) {
    if (tier.lanes.every((lane) => lane.length === 0)) continue
    const began = performance.now()
    console.log(`— ${tier.name}`)
    results.push(...(await runTier(tier)))
    times.push(`${tier.name} ${seconds(performance.now() - began)}`)
  }
  const longest = results.toSorted((a, b) => b.durationMs - a.durationMs).slice(0, LONGEST)
  console.log(`— time: ${times.join(', ')}; longest:`)
  for (const { file, durationMs } of longest) console.log(`  ${seconds(durationMs).padStart(8)}  ${file}`)
  const { passed, failed, skipped } = totalOf(results.flatMap(({ outcomes }) => outcomes))
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`)
}

// Locks of its own, so that a person's run on the same machine does not stand in the way of the tests.
const locks = mkdtempSync(join(tmpdir(), 'gauntlet-locks-'))
process.env['GAUNTLET_LOCKS'] = locks
// Most of a short process is loading its modules: what one compiled, the others need not compile again.
process.env['NODE_COMPILE_CACHE'] ??= join(root, 'node_modules/.cache/node')
process.env['PATH'] = [join(root, 'node_modules/.bin'), process.env['PATH']].join(delimiter)
process.chdir(root)
try {
  await main()
} finally {
  rmSync(locks, { recursive: true, force: true })
}
