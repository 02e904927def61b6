import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'

/** The report page's own program and styles, as they are written into each report. */
const Bundle = Type.Object({ script: Type.String(), style: Type.String() })
const shape = Compile(Bundle)

export interface PageBundle {
  readonly script: string
  readonly style: string
}

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** Built ahead by `npm run build`, for the published package, which carries no sources. */
export const PREBUILT = here('./page-bundle.json')

const NOTICE = `/*! Contains Preact, (c) Jason Miller, and uPlot, (c) Leon Sorokin; both under the MIT licence. */`

/** The bundle built ahead, else the one in the cache, else a new one that is put there. */
export async function bundlePage({ cacheFolder }: { cacheFolder: string }): Promise<PageBundle> {
  const prebuilt = await readBundle(PREBUILT)
  if (prebuilt !== undefined) return prebuilt
  const path = join(cacheFolder, 'page', `${await hashOfSources()}.json`)
  const cached = await readBundle(path)
  if (cached !== undefined) return cached
  const bundle = await buildPage()
  await keep(bundle, path).catch(() => {}) // a cache that cannot be written only costs time
  return bundle
}

/** Written beside and renamed: two runs at once never read half a file. */
async function keep(bundle: PageBundle, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const beside = `${path}-${randomUUID()}.part`
  await writeFile(beside, JSON.stringify(bundle))
  await rename(beside, path)
}

/** Bundles the page's sources; esbuild is loaded only here, so that a report from the cache does not wait for it. */
export async function buildPage(): Promise<PageBundle> {
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    entryPoints: [here('../page/main.tsx')],
    absWorkingDir: here('../page'),
    bundle: true,
    minify: true,
    write: false,
    outdir: 'out',
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    banner: { js: NOTICE },
    logLevel: 'silent',
  })
  const textOf = (extension: string) =>
    outputFiles.find(({ path }) => path.endsWith(extension))?.text.trim() ?? ''
  return { script: textOf('.js'), style: textOf('.css') }
}

/** The page, the words it uses, how it is built, and the manifest, which pins the exact versions of Preact, uPlot and esbuild. */
async function hashOfSources(): Promise<string> {
  const folders = [here('../page'), here('../run')]
  const found = await Promise.all(
    folders.map(async (folder) =>
      (await readdir(folder, { recursive: true })).map((name) => join(folder, name)),
    ),
  )
  const sources = found.flat().filter((path) => ['.ts', '.tsx', '.css'].includes(extname(path)))
  const hash = createHash('sha256')
  for (const path of [here('../../package.json'), here('./bundle.ts'), ...sources.sort()])
    hash.update(await readFile(path))
  return hash.digest('hex').slice(0, 32)
}

async function readBundle(path: string): Promise<PageBundle | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'))
    return shape.Check(value) ? value : undefined
  } catch {
    return undefined
  }
}
