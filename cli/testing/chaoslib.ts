import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder } from '../run/draft/tools.ts'

const VERSION = '1.44.0'

/** Where Chaos Toolkit's library is found by Python (PYTHONPATH), fetched by pip into our cache; else why it cannot be had. */
export function chaoslib(): { readonly path: string } | { readonly missing: string } {
  const path = join(cacheFolder(), 'chaostoolkit-lib', VERSION)
  try {
    if (!existsSync(path)) fetchInto(path)
    return { path }
  } catch {
    return { missing: `chaostoolkit-lib ${VERSION} is missing: python3 -m pip could not install it` }
  }
}

/** A half-written one is never found there. */
function fetchInto(path: string): void {
  const beside = `${path}-partial-${process.pid}`
  mkdirSync(beside, { recursive: true })
  try {
    const install = ['-m', 'pip', 'install', '--quiet', '--target', beside, `chaostoolkit-lib==${VERSION}`]
    execFileSync('python3', install, { stdio: 'ignore' })
    renameSync(beside, path)
  } finally {
    rmSync(beside, { recursive: true, force: true })
  }
}
