import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { it } from 'node:test'

const root = resolve(import.meta.dirname, '../..')
const ENGINE = ['cli', 'chaos', 'slo', 'scenarios', 'reports', 'dashboards'].map(
  (folder) => `${folder}/**/*.{ts,tsx,yaml}`,
)

it('knows no switch of the target by name: none stands in the harness outside its tests', () => {
  const plaza = resolve(root, 'reference-app/supervisor/main.ts')
  const { switches } = JSON.parse(execFileSync(process.execPath, [plaza, '--describe'], { encoding: 'utf8' }))
  const names: string[] = switches.map((one: { name: string }) => one.name)
  assert.ok(names.length >= 4)
  // `hang` is an English word too: only the quoted name counts
  const named = new RegExp(names.map((name) => `['"\`]${name}['"\`]|--switch ${name}`).join('|'))
  const found = globSync(ENGINE, { cwd: root, exclude: (path) => path.includes('node_modules') })
    .filter((path) => !/\.test\.ts$|\/(testing|fixtures|golden)\//.test(path))
    .filter((path) => named.test(readFileSync(resolve(root, path), 'utf8')))
  assert.deepEqual(found, [])
})
