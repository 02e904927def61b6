import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { test } from 'node:test'
import { faultsOf } from './import-table.ts'
import { readSource } from './survey/read-source.ts'

const root = resolve(import.meta.dirname, '../..')
const skipped = /(^|\/)(node_modules|dist|fixtures\/broken|\.[^/]+)(\/|$)/
const paths = globSync('**/*.{ts,tsx}', { cwd: root, exclude: (path) => skipped.test(path) })

test('every import of every file is in the table', () => {
  assert.ok(paths.length > 20, `only ${paths.length} files found`)
  const faults = paths.flatMap((path) =>
    faultsOf(readSource({ path, text: readFileSync(join(root, path), 'utf8') })),
  )
  assert.deepEqual(faults, [])
})

const from = (specifier: string): string => `import { x } from '${specifier}'\n`

const PLANTED: readonly [what: string, path: string, text: string][] = [
  ['the bottom importing a folder of ours', 'reports/run/run.ts', from('../sketch/index.ts')],
  ['the bottom importing Node', 'reports/run/run.ts', from('node:fs')],
  [
    'a type from a room that may not',
    'slo/judge/judge.ts',
    `import type { X } from '../../chaos/index.ts'\n`,
  ],
  ['an import over several lines', 'slo/judge/judge.ts', `import {\n  x,\n} from '../../chaos/index.ts'\n`],
  ['a passing on', 'slo/index.ts', `export * from '../scenarios/index.ts'\n`],
  ['an import for its effect', 'slo/index.ts', `import '../scenarios/index.ts'\n`],
  ['a dynamic import', 'chaos/engine/run.ts', `const x = await import('../../scenarios/index.ts')\n`],
  ['a room that may import only a part', 'scenarios/model/scenario.ts', from('../../slo/judge/index.ts')],
  ['anybody importing cli', 'reports/render/console.ts', from('../../cli/process/exec.ts')],
  ['a test importing cli', 'chaos/engine/run.test.ts', from('../../cli/process/exec.ts')],
  ['engine importing content', 'scenarios/index.ts', from('./journeys/search.k6.ts')],
  ['cli importing content', 'cli/run/plan.ts', from('../../chaos/catalog/kill.ts')],
  ['content importing engine', 'scenarios/journeys/search.k6.ts', from('../model/scenario.ts')],
  ['a journey importing Node', 'scenarios/journeys/search.k6.ts', from('node:fs')],
  ['a journey importing a package', 'scenarios/journeys/search.k6.ts', from('typebox')],
  ['the reference app importing us', 'reference-app/supervisor/main.ts', from('../../reports/run/index.ts')],
  ['the reference app importing the package', 'reference-app/web/main.tsx', from('gauntlet')],
  [
    'us importing the reference app',
    'cli/commands/verify.ts',
    from('../../reference-app/supervisor/main.ts'),
  ],
  ['us importing its package', 'cli/commands/verify.ts', from('gauntlet-plaza/supervisor/main.ts')],
  ['a driver that spawns', 'scenarios/drivers/k6/run.ts', from('node:child_process')],
  ['a driver importing process', 'chaos/drivers/local/run.ts', from('node:process')],
  ['a driver using process', 'chaos/drivers/local/run.ts', `const home = process.env['HOME']\n`],
  ['a driver ending the process', 'scenarios/drivers/k6/run.ts', `if (x) process.exit(1)\n`],
  ['an import without its ending', 'slo/index.ts', from('./model/slo')],
  ['an import ending in .js', 'slo/index.ts', from('./model/slo.js')],
]

for (const [what, path, text] of PLANTED)
  test(`finds ${what}`, () => {
    const faults = faultsOf(readSource({ path, text }))
    assert.equal(faults.length, 1, faults.join('\n'))
  })

const ALLOWED: readonly [what: string, path: string, text: string][] = [
  ['a comment that names process', 'chaos/faults/kill.ts', `// never process.exit()\n/* process.env */\n`],
  ['a property called process', 'chaos/faults/kill.ts', 'const at = target.process.pid\n'],
  ['a variable called process', 'chaos/faults/kill.ts', 'for (const process of all) log(process.pid)\n'],
  ['a test of a driver that spawns', 'scenarios/drivers/k6/run.real.test.ts', from('node:child_process')],
  ['cli importing any engine', 'cli/run/execute.ts', from('../../chaos/index.ts')],
  [
    'a journey importing k6 and another',
    'scenarios/journeys/a.k6.ts',
    `${from('k6/http')}import { y } from './b.ts'\n`,
  ],
  ['an import in a comment', 'slo/index.ts', `// import { x } from '../cli/bin.ts'\n`],
  ['the configuration importing what users import', 'gauntlet.config.ts', from('./cli/api.ts')],
  ["a small project's configuration", 'cli/house/fixtures/small/gauntlet.config.ts', from('gauntlet')],
]

for (const [what, path, text] of ALLOWED)
  test(`allows ${what}`, () => assert.deepEqual(faultsOf(readSource({ path, text })), []))

test('an address in a string is no comment, and what stands after it is read', () => {
  const text = `const a = 'http://x'\nimport b from 'typebox'\n`
  assert.deepEqual(readSource({ path: 'slo/index.ts', text }).imports, ['typebox'])
})
