import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Exec, Log, Plan } from '../../../reports/run/index.ts'
import { findK6, type K6Binary } from '../../../scenarios/drivers/k6/index.ts'
import { type FoundBrowser, findBrowser } from '../../../scenarios/drivers/lighthouse/index.ts'
import { download } from '../../process/download.ts'
import { identify } from '../../process/identity.ts'
import { version } from '../../version.ts'

/** The programs that a plan needs, found or made; absent when it does not need them. */
export interface FoundTools {
  readonly k6?: K6Binary
  readonly browser?: FoundBrowser
  readonly versions: Plan['tools']
}

export interface ToolSearch {
  readonly exec: Exec
  readonly log: Log
}

/** `$XDG_CACHE_HOME/gauntlet`, or `~/.cache/gauntlet`. */
export function cacheFolder(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'gauntlet')
}

/** What the finders of programs want to know of this process. */
export function whereToLook() {
  const { pid, platform, arch, env } = process
  const self = { pid, startedAt: identify(pid)?.startedAt ?? 0 }
  return { environment: env, system: `${platform}-${arch}`, self, cacheFolder: cacheFolder() }
}

export async function findTools(
  { load, audits }: { readonly load: readonly unknown[]; readonly audits: readonly unknown[] },
  { exec, log }: ToolSearch,
): Promise<FoundTools> {
  const where = whereToLook()
  const k6 = load.length > 0 ? await findK6(where, { exec, log, download }) : undefined
  const browser = audits.length > 0 ? await findBrowser({ ...where, exec, log }) : undefined
  const versions = {
    gauntlet: { version, origin: 'this program' },
    node: { version: process.versions.node, origin: nodeOrigin() },
    ...(k6 && { k6: { version: k6.version, origin: k6.origin } }),
    ...(browser && { browser: { version: browser.version, origin: browser.origin } }),
  }
  return { ...(k6 && { k6 }), ...(browser && { browser }), versions }
}

export function nodeOrigin(): string {
  return process.execPath.includes('node_modules') ? 'npm' : 'installed'
}
