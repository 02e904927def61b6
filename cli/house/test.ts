import { globSync, mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { delimiter, join, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { runStaticCheck, STATIC_CHECKS } from './static-checks.ts'
import { type FileResult, runTestFile } from './test-file.ts'
import { totalOf } from './test-outcomes.ts'

// npm test [-- FILE…] [--tier static|unit|real]
const root = resolve(import.meta.dirname, '../..')
const MINUTE_MS = 60_000

/** One thing to run; the tiers differ only in what their tasks are and how many run at once. */
interface Tier {
  readonly name: string
  readonly tasks: readonly { readonly name: string; run(): Promise<FileResult> }[]
  readonly atOnce: number
}

function tiersOf(files: readonly string[], withStatic: boolean): Tier[] {
  const isReal = (file: string): boolean => file.endsWith('.real.test.ts')
  const tasks = (chosen: readonly string[], limitMs: number) =>
    chosen.map((file) => ({ name: relative(root, file), run: () => runTestFile(file, limitMs) }))
  const checks = STATIC_CHECKS.map((check) => ({ name: check.title, run: () => runStaticCheck(check) }))
  return [
    { name: 'static', tasks: withStatic ? checks : [], atOnce: 1 },
    {
      name: 'unit',
      tasks: tasks(
        files.filter((file) => !isReal(file)),
        2 * MINUTE_MS,
      ),
      atOnce: availableParallelism(),
    },
    { name: 'real', tasks: tasks(files.filter(isReal), 10 * MINUTE_MS), atOnce: 1 },
  ]
}

async function runTier({ tasks, atOnce }: Tier): Promise<FileResult[]> {
  const results: FileResult[] = []
  const waiting = [...tasks]
  const work = async (): Promise<void> => {
    for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) {
      if (atOnce === 1) console.log(`… ${task.name}`)
      const result = await task.run()
      report({ ...result, file: task.name })
      results.push(result)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
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

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { tier: { type: 'string' } } })
  const chosen = positionals.map((file) => resolve(file))
  const tiers = tiersOf(chosen.length > 0 ? chosen : findFiles(), chosen.length === 0)
  const outcomes = []
  for (const tier of tiers.filter(({ name }) => values.tier === undefined || values.tier === name)) {
    if (tier.tasks.length === 0) continue
    const began = performance.now()
    console.log(`— ${tier.name}`)
    const results = await runTier(tier)
    outcomes.push(...results.flatMap((result) => result.outcomes))
    console.log(`— ${tier.name} took ${seconds(performance.now() - began)}`)
  }
  const { passed, failed, skipped } = totalOf(outcomes)
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`)
}

// Locks of its own, so that a person's run on the same machine does not stand in the way of the tests.
const locks = mkdtempSync(join(tmpdir(), 'gauntlet-locks-'))
process.env['GAUNTLET_LOCKS'] = locks
process.env['PATH'] = [join(root, 'node_modules/.bin'), process.env['PATH']].join(delimiter)
process.chdir(root)
try {
  await main()
} finally {
  rmSync(locks, { recursive: true, force: true })
}
