import { execFileSync } from 'node:child_process'
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { buildPage, PREBUILT } from '../../reports/render/bundle.ts'
import { namesOfCompiled } from './compiled-names.ts'

// npm run build [-- --to FOLDER]: makes in dist/ what would be published, and packs it.
const root = resolve(import.meta.dirname, '../..')
const { values } = parseArgs({ options: { to: { type: 'string', default: join(root, 'dist') } } })
const dist = resolve(values.to)

interface Package {
  readonly name: string
  /** where its manifest and sources stand, from the root */
  readonly home: string
  /** folders and files of the sources, from its home */
  readonly sources: readonly string[]
  /** TypeScript that is copied as it is: another program reads it */
  readonly asItIs: readonly string[]
  /** needed only to make what the package carries made */
  readonly buildOnly: readonly string[]
}

const PACKAGES: readonly Package[] = [
  {
    name: 'gauntlet',
    home: '.',
    sources: ['cli', 'chaos', 'slo', 'scenarios', 'reports', 'dashboards'],
    asItIs: ['scenarios/journeys'],
    buildOnly: ['esbuild', 'preact', 'uplot'],
  },
  {
    name: 'gauntlet-plaza',
    home: 'reference-app',
    sources: ['platform', 'services', 'supervisor', 'web', 'deploy', 'runbooks'],
    asItIs: ['web'],
    buildOnly: [],
  },
]

/** Nobody who installs the package needs them. */
const LEFT_OUT = [
  '**/*.test.ts',
  '**/testing/**',
  '**/testing.ts',
  '**/fixtures/**',
  'cli/house/**',
  'reports/page/!(page-data.ts)/**',
  'reports/page/*.{tsx,css,json}',
  'reports/golden/**',
  'reports/proofs/**',
]

async function buildPackage(one: Package): Promise<void> {
  const from = join(root, one.home)
  const to = join(dist, one.name)
  console.log(`building ${one.name}`)
  copyContent(one, from, to)
  compile(one, from, to)
  renameInStrings(to)
  writeFileSync(join(to, 'package.json'), `${JSON.stringify(publishedManifest(one, from), null, 2)}\n`)
  if (one.name === 'gauntlet') await writePage(to)
  const packed = execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', dist], {
    cwd: to,
    encoding: 'utf8',
  })
  console.log(join(dist, packed.trim()))
}

/** Everything that is not compiled: YAML, Go modules, schemas, READMEs, plain JavaScript, journeys. */
function copyContent({ sources, asItIs }: Package, from: string, to: string): void {
  const isCopied = (path: string): boolean =>
    !/(\.tsx?|tsconfig[^/]*\.json)$/.test(path) || asItIs.some((folder) => path.startsWith(`${folder}/`))
  const files = globSync(
    [...sources.map((folder) => `${folder}/**/*.*`), 'LICENSE', '{README,CHANGELOG}.md', '*.cjs'],
    {
      cwd: from,
      exclude: LEFT_OUT,
    },
  )
  for (const path of files.filter(isCopied)) cpSync(join(from, path), join(to, path))
  cpSync(join(root, 'LICENSE'), join(to, 'LICENSE'))
}

function compile({ name, sources, asItIs }: Package, from: string, to: string): void {
  const config = join(dist, `tsconfig.${name}.json`)
  const inSources = (path: string): string => join(from, path)
  const options = {
    extends: join(from, name === 'gauntlet' ? 'cli/tsconfig.json' : 'tsconfig.json'),
    compilerOptions: {
      noEmit: false,
      declaration: true,
      rootDir: from,
      outDir: to,
      tsBuildInfoFile: null,
      typeRoots: [join(root, 'node_modules/@types')],
    },
    include: sources.map(inSources),
    exclude: [...LEFT_OUT, ...asItIs, 'reports/page'].map(inSources),
  }
  writeFileSync(config, JSON.stringify(options))
  execFileSync('tsc', ['-p', config], { stdio: 'inherit' })
}

/** tsc renames the imports; what is started by its path, such as an entry, stands in a string. */
function renameInStrings(folder: string): void {
  const scripts = globSync('**/*.js', { cwd: folder })
  const compiled = new Set(scripts.map((path) => basename(path, '.js')))
  for (const path of scripts) {
    const text = readFileSync(join(folder, path), 'utf8')
    writeFileSync(join(folder, path), namesOfCompiled(text, compiled))
  }
}

async function writePage(folder: string): Promise<void> {
  const path = join(folder, 'reports/render', basename(PREBUILT))
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, JSON.stringify(await buildPage()))
}

/** Without what only the repository needs: its scripts, its tools, and the Node that it brings along. */
function publishedManifest({ buildOnly }: Package, from: string): object {
  const manifest = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8'))
  const {
    workspaces: _w,
    scripts: _s,
    devDependencies: _d,
    optionalDependencies = {},
    ...published
  } = manifest
  const isNode = (name: string): boolean => /^node-(bin-)?(linux|darwin|win)/.test(name)
  return toJavaScript({
    ...published,
    dependencies: without(published.dependencies, (name) => buildOnly.includes(name)),
    optionalDependencies: without(optionalDependencies, isNode),
  })
}

function without(versions: Record<string, string>, isOut: (name: string) => boolean): Record<string, string> {
  return Object.fromEntries(Object.entries(versions).filter(([name]) => !isOut(name)))
}

/** What the manifest names is compiled by now. */
function toJavaScript(manifest: object): object {
  return JSON.parse(JSON.stringify(manifest).replaceAll(/(?<=")([^"]+)\.ts(?=")/g, '$1.js'))
}

rmSync(dist, { recursive: true, force: true })
mkdirSync(dist, { recursive: true })
for (const one of PACKAGES) await buildPackage(one)
