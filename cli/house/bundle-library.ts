import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { extname, join } from 'node:path'
import type { OutputFile } from 'esbuild'

/** Begins an entry that was bundled. */
const MARK = '// bundled by gauntlet: cli/house/bundle-library.ts'

interface Manifest {
  readonly type?: string
  readonly exports?: Readonly<Record<string, unknown>>
}

/**
 * Puts a library of hundreds of files into few, where it lies: each entry that its manifest exports is replaced, and what
 * entries share stands beside them, so that it stays one library to all who import it. A second call changes nothing, and
 * of two at once one.
 * @param modules a `node_modules` folder
 * @throws when it cannot be bundled, or was only in part
 */
export async function bundleLibrary(modules: string, name: string): Promise<void> {
  const home = join(modules, name)
  const manifest: Manifest = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'))
  const entries = entriesOf(modules, name, manifest)
  if (isBundled(entries)) return
  const { build } = await import('esbuild') // what is bundled already is not to wait for it
  const isModule = manifest.type === 'module'
  const { outputFiles } = await build({
    entryPoints: entries,
    outdir: home,
    outbase: home,
    outExtension: { '.js': extname(entries[0] ?? '.js') },
    bundle: true,
    platform: 'node',
    format: isModule ? 'esm' : 'cjs',
    splitting: isModule,
    // what a module needs may be none, and call `require`, which is not there in a module
    packages: isModule ? 'external' : 'bundle',
    banner: { js: MARK },
    write: false,
    logLevel: 'silent',
  })
  const isEntry = ({ path }: OutputFile): boolean => entries.includes(path)
  const sharedFirst = outputFiles.toSorted((a, b) => Number(isEntry(a)) - Number(isEntry(b)))
  const newOf = (path: string): string => `${path}.${process.pid}.new`
  for (const { path, contents } of sharedFirst) writeFileSync(newOf(path), contents)
  const wasBundled = isBundled(entries) // by another process, meanwhile
  for (const { path } of sharedFirst) {
    if (wasBundled) rmSync(newOf(path))
    // whoever reads it meanwhile reads the one or the other; a linked copy elsewhere stays as it is
    else renameSync(newOf(path), path)
  }
}

function isBundled(entries: readonly string[]): boolean {
  const bundled = entries.filter((path) => readFileSync(path, 'utf8').startsWith(MARK))
  if (bundled.length > 0 && bundled.length < entries.length)
    throw new Error(
      `it was bundled in part, which npm ci mends: ${bundled.length} of ${entries.length} entries`,
    )
  return bundled.length > 0
}

/** The files of `.` and of each `./name` that it exports; patterns and what is no JavaScript aside. */
function entriesOf(modules: string, name: string, { exports = {} }: Manifest): string[] {
  const { resolve } = createRequire(join(modules, 'any.js'))
  const named = Object.keys(exports).filter((key) => key.startsWith('./') && !/\*|\.json$/.test(key))
  return ['.', ...named].map((key) => resolve(join(name, key)))
}
