import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { bundleLibrary } from './bundle-library.ts'

const folder = mkdtempSync(join(tmpdir(), 'gauntlet-bundle-'))
after(() => rmSync(folder, { recursive: true, force: true }))

/** A project of its own, with this library in its node_modules; what it prints. */
function project(files: Readonly<Record<string, string>>) {
  const root = mkdtempSync(join(folder, 'project-'))
  const modules = join(root, 'node_modules')
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  const run = (): string => execFileSync(process.execPath, ['main.mjs'], { cwd: root, encoding: 'utf8' })
  return { root, modules, run }
}

const MODULE = {
  'main.mjs': `import { add } from 'many'; import { total } from 'many/total'; add(2); add(3); console.log(total())`,
  'node_modules/many/package.json': JSON.stringify({
    type: 'module',
    exports: {
      '.': { types: './index.d.ts', default: './index.js' },
      './total': { import: './parts/total.js', default: './parts/total.js' },
      './parts/*': './parts/*.js',
      './package.json': './package.json',
    },
  }),
  'node_modules/many/index.js': `export { add } from './parts/add.js'`,
  'node_modules/many/parts/add.js': `import { sum } from './sum.js'; export const add = (n) => { sum.value += n }`,
  'node_modules/many/parts/total.js': `import { sum } from './sum.js'; export const total = () => sum.value`,
  'node_modules/many/parts/sum.js': 'export const sum = { value: 0 }',
}

test('entries of a module share what they shared, and no longer need its other files', async () => {
  const { root, modules, run } = project(MODULE)
  assert.equal(run(), '5\n')
  await bundleLibrary(modules, 'many')
  for (const name of ['add', 'sum']) rmSync(join(modules, `many/parts/${name}.js`))
  assert.equal(run(), '5\n')
  assert.equal(readFileSync(join(root, 'main.mjs'), 'utf8'), MODULE['main.mjs'])
})

test('what is no module is still the one thing that it exports, with what it needs in it', async () => {
  const { modules, run } = project({
    'main.mjs': `import twice from 'old'; console.log(twice(4))`,
    'node_modules/old/package.json': JSON.stringify({ main: './lib' }),
    'node_modules/old/lib/index.js': `module.exports = require('./main.js')`,
    'node_modules/old/lib/main.js': `const times = require('times'); module.exports = (n) => times(n, 2)`,
    'node_modules/times/package.json': JSON.stringify({ main: './index.js' }),
    'node_modules/times/index.js': 'module.exports = (a, b) => a * b',
  })
  await bundleLibrary(modules, 'old')
  rmSync(join(modules, 'times'), { recursive: true })
  rmSync(join(modules, 'old/lib/main.js'))
  assert.equal(run(), '8\n')
})

test('a second call changes nothing, and a linked copy stays as it was', async () => {
  const { root, modules } = project(MODULE)
  const entry = join(modules, 'many/index.js')
  linkSync(entry, join(root, 'linked.js'))
  await bundleLibrary(modules, 'many')
  const { ino } = statSync(entry)
  await bundleLibrary(modules, 'many')
  assert.equal(statSync(entry).ino, ino)
  assert.equal(readFileSync(join(root, 'linked.js'), 'utf8'), MODULE['node_modules/many/index.js'])
})

test('of two calls at once one bundles, and nothing is left of the other', async () => {
  const { modules, run } = project(MODULE)
  await Promise.all([bundleLibrary(modules, 'many'), bundleLibrary(modules, 'many')])
  assert.equal(run(), '5\n')
  assert.deepEqual(
    readdirSync(join(modules, 'many')).filter((name) => name.endsWith('.new')),
    [],
  )
})

test('what is bundled in part would be two libraries, and is not bundled again', async () => {
  const { modules } = project(MODULE)
  const entry = join(modules, 'many/index.js')
  await bundleLibrary(modules, 'many')
  writeFileSync(entry, MODULE['node_modules/many/index.js'])
  await assert.rejects(bundleLibrary(modules, 'many'), /npm ci mends: 1 of 2 entries/)
  assert.equal(readFileSync(entry, 'utf8'), MODULE['node_modules/many/index.js'])
})

test('what starts in a clone begins with it, as .npmrc lets npm ci run nothing', () => {
  const root = join(import.meta.dirname, '../..')
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  assert.match(readFileSync(join(root, '.npmrc'), 'utf8'), /^ignore-scripts=true$/m)
  const starts = ['verify', 'test', 'gauntlet'].map((name) => scripts[name].split(' && ')[0])
  assert.deepEqual(starts, [
    'node cli/house/bundle.ts',
    'node cli/house/bundle.ts',
    'node cli/house/bundle.ts',
  ])
  const said = execFileSync(process.execPath, ['cli/house/bundle.ts'], { cwd: root, encoding: 'utf8' })
  assert.equal(said, '')
  assert.match(readFileSync(createRequire(import.meta.url).resolve('typebox'), 'utf8'), /^\/\/ bundled by/)
})

test('a library that cannot be bundled is left as it is', async () => {
  const broken = { ...MODULE, 'node_modules/many/parts/sum.js': 'export const sum =' }
  const { modules } = project(broken)
  await assert.rejects(bundleLibrary(modules, 'many'), /sum\.js/)
  await assert.rejects(bundleLibrary(modules, 'missing'), /ENOENT/)
  assert.equal(readFileSync(join(modules, 'many/index.js'), 'utf8'), broken['node_modules/many/index.js'])
})
