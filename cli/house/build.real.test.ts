import assert from 'node:assert/strict'
import { type ChildProcessWithoutNullStreams, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
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
import { createInterface } from 'node:readline'
import { after, before, type TestContext, test } from 'node:test'

const root = resolve(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'gauntlet-build-'))
const dist = join(folder, 'dist')
const project = join(folder, 'project')
chmodSync(folder, 0o755) // as root, Plaza's PostgreSQL runs as another user
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
})

test('no built file names a TypeScript file that was compiled', () => {
  for (const path of globSync('*/**/*.js', { cwd: dist })) {
    const text = readFileSync(join(dist, path), 'utf8')
    assert.doesNotMatch(text, /from '\.[^']*\.tsx?'|new URL\([^)]*(guardian|keeper)\.ts/, path)
  }
})

/** Installs what `npm run build` packed; false, and the test is skipped, without a registry. */
function isInstalled(tarballs: string, t: TestContext): boolean {
  const [tarball = ''] = globSync(tarballs, { cwd: dist })
  const install = spawnSync(
    'npm',
    ['install', '--no-audit', '--no-fund', '--prefer-offline', '--ignore-scripts', join(dist, tarball)],
    { cwd: project, encoding: 'utf8', timeout: 300_000 },
  )
  const isOffline = /ENOTFOUND|ETIMEDOUT|ECONNREFUSED|EAI_AGAIN/.test(install.stderr)
  if (isOffline) t.skip('no package registry can be reached to install from')
  else assert.equal(install.status, 0, install.stderr)
  return !isOffline
}

test('installed into an empty folder it says its version and plans, with the Node of who installed it', (t) => {
  if (!isInstalled('gauntlet-[0-9]*.tgz', t)) return
  assert.equal(existsSync(join(project, 'node_modules/.bin/node')), false)
  assert.equal(gauntlet('--version').trim(), manifestOf('gauntlet').version)
  cpSync(join(import.meta.dirname, 'fixtures/small-project'), project, { recursive: true })
  const plan = JSON.parse(gauntlet('plan', 'small', '--json'))
  assert.equal(plan.name, 'small')
  assert.equal(plan.load[0].journey, 'perf/hello.k6.ts')
})

test('Plaza, installed, starts and answers', async (t) => {
  if (!isInstalled('gauntlet-plaza-[0-9]*.tgz', t)) return
  const plaza = spawn(join(project, 'node_modules/.bin/plaza'), ['--data', join(folder, 'plaza')])
  const ended = once(plaza, 'close')
  try {
    const address = await gatewayOf(plaza)
    assert.match(await (await fetch(address)).text(), /^<!doctype html>/)
  } finally {
    plaza.kill('SIGTERM')
  }
  assert.deepEqual(await ended, [0, null])
})

/** The gateway's address, from the lines that Plaza prints when it is ready. */
async function gatewayOf({ stdout, stderr }: ChildProcessWithoutNullStreams): Promise<string> {
  let said = ''
  stderr.on('data', (text) => {
    said += text
  })
  for await (const line of createInterface({ input: stdout })) {
    said += `${line}\n`
    const [, address] = /^\s+gateway\s+(\S+)$/.exec(line) ?? []
    if (address !== undefined) return address
  }
  return assert.fail(`it ended before it was ready:\n${said}`)
}

function gauntlet(...args: string[]): string {
  const run = spawnSync(join(project, 'node_modules/.bin/gauntlet'), args, { cwd: project, encoding: 'utf8' })
  assert.equal(run.status, 0, run.stderr)
  return run.stdout
}
