import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')

/**
 * A program, the threads that it starts, and all they import as they are published: JavaScript. Node's own reading of
 * TypeScript is WebAssembly, whose memory grows by detaching a buffer; from then on every access to a typed array of that
 * process looks whether its buffer is still there, which made our sketch 20 % slower.
 */
export function compile(
  entry: string,
  ...threads: readonly string[]
): Disposable & { readonly path: string } {
  // Inside of the project, so that packages are found.
  const folder = join(root, '.gauntlet/bench', String(process.pid))
  const language = ['--module', 'nodenext', '--target', 'es2024', '--rewriteRelativeImportExtensions']
  const places = ['--rootDir', root, '--outDir', folder]
  execFileSync('tsc', [entry, ...threads, '--ignoreConfig', '--noCheck', ...language, ...places], {
    stdio: 'inherit',
  })
  const path = join(folder, relative(root, entry)).replace(/\.ts$/, '.js')
  return { path, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) }
}
