import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, test } from 'node:test'

const root = resolve(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'gauntlet-build-'))
const dist = join(folder, 'dist')
const project = join(folder, 'project')
after(() => rmSync(folder, { recursive: true, force: true }))

before(() => {
  execFileSync(process.execPath, [join(root, 'cli/house/build.ts'), '--to', dist])
  mkdirSync(project)
  writeFileSync(join(project, 'package.json'), '{ "private": true }')
})

const manifestOf = (name: string) => JSON.parse(readFileSync(join(dist, name, 'package.json'), 'utf8'))

test('the packages carry built JavaScript and no TypeScript but declarations, journeys and the web front', () => {
  const sources = globSync('*/**/*.{ts,tsx}', { cwd: dist }).filter((path) => !path.endsWith('.d.ts'))
  const strange = sources.filter(
    (path) => !/^gauntlet\/scenarios\/journeys\/|^gauntlet-plaza\/web\//.test(path),
  )
  assert.deepEqual(strange, [])
  assert.ok(existsSync(join(dist, 'gauntlet/cli/bin.js')))
  assert.ok(existsSync(join(dist, 'gauntlet/scenarios/journeys/search.k6.ts')))
  assert.ok(existsSync(join(dist, 'gauntlet/scenarios/drivers/k6/build/go.mod')))
})

test('the manifests bring no Node along, no scripts, no tools and no second package', () => {
  for (const name of ['gauntlet', 'gauntlet-plaza']) {
    const manifest = manifestOf(name)
    assert.deepEqual(
      ['workspaces', 'scripts', 'devDependencies'].filter((key) => key in manifest),
      [],
    )
    const packages = Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies })
    assert.deepEqual(
      packages.filter((one) => /^node-|^gauntlet/.test(one)),
      [],
    )
  }
  assert.equal(manifestOf('gauntlet-plaza').bin.plaza, 'supervisor/main.js')
})

test('no built file names a TypeScript file that was compiled', () => {
  for (const path of globSync('*/**/*.js', { cwd: dist })) {
    const text = readFileSync(join(dist, path), 'utf8')
    assert.doesNotMatch(text, /from '\.[^']*\.tsx?'|new URL\([^)]*(guardian|keeper)\.ts/, path)
  }
})

test('installed into an empty folder it says its version and plans, with the Node of who installed it', (t) => {
  const tarball = globSync('gauntlet-[0-9]*.tgz', { cwd: dist })[0] ?? ''
  const install = spawnSync(
    'npm',
    ['install', '--no-audit', '--no-fund', '--prefer-offline', '--ignore-scripts', join(dist, tarball)],
    { cwd: project, encoding: 'utf8', timeout: 300_000 },
  )
  if (/ENOTFOUND|ETIMEDOUT|ECONNREFUSED|EAI_AGAIN/.test(install.stderr))
    return t.skip('no package registry can be reached to install from')
  assert.equal(install.status, 0, install.stderr)
  assert.equal(existsSync(join(project, 'node_modules/.bin/node')), false)
  assert.equal(gauntlet('--version').trim(), manifestOf('gauntlet').version)
  cpSync(join(import.meta.dirname, 'fixtures/small-project'), project, { recursive: true })
  const plan = JSON.parse(gauntlet('plan', 'small', '--json'))
  assert.equal(plan.name, 'small')
  assert.equal(plan.load[0].journey, 'perf/hello.k6.ts')
})

function gauntlet(...args: string[]): string {
  const run = spawnSync(join(project, 'node_modules/.bin/gauntlet'), args, { cwd: project, encoding: 'utf8' })
  assert.equal(run.status, 0, run.stderr)
  return run.stdout
}
