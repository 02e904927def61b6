import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'node:test'
import { until } from '../../reports/run/testing.ts'
import { attachTarget } from '../run/execute/target-description.ts'
import type { Shop } from './run-folders.ts'
import { openShop } from './shop.ts'

/** A shop that somebody else runs, anew for each test: it lives on when a run ends, however that ends. */
export interface RunningShop {
  readonly shop: Shop
  readonly targetFile: string
  /** of now */
  worker(): Promise<{ readonly pid: number; readonly startedAt: number }>
  /** before its test does */
  end(): Promise<void>
}

export async function openRunningShop(what: string): Promise<RunningShop> {
  let end = async (): Promise<void> => {}
  // before the shop looks whether anything is left over
  afterEach(() => end())
  const shop = await openShop(what)
  const targetFile = join(shop.root, 'running-target.json')
  beforeEach(async () => {
    rmSync(targetFile, { force: true }) // that of the test before
    const child = spawn(process.execPath, ['target.ts', '--port', String(shop.ports[0])], {
      cwd: shop.root,
      env: { ...shop.environment, GAUNTLET_TARGET_FILE: targetFile },
      stdio: 'ignore',
    })
    end = async () => {
      const ended = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined
      child.kill()
      await ended
    }
    await until('the shop is open', () => existsSync(targetFile), 60_000)
  })
  const worker = async () => {
    const { processes } = await attachTarget(targetFile)
    const { pid = 0, startedAt = 0 } = processes.find(({ name }) => name === 'worker') ?? {}
    return { pid, startedAt }
  }
  return { shop, targetFile, worker, end: () => end() }
}
