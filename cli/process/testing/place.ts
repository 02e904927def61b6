import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { newRunId } from '../../../reports/run/index.ts'

/** A folder of the test file's own, with locks in it; removed at its end. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gauntlet-test-'))
  process.env['GAUNTLET_LOCKS'] = join(folder, 'locks')
  mkdirSync(join(folder, 'scratch'))
  after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A run that no other test has: what carries its mark is found, and ended, by it. */
export function testRunId(): string {
  return newRunId(Date.now() * 1000, Math.random)
}

export function fixture(name: string): string {
  return new URL(`../fixtures/${name}`, import.meta.url).pathname
}
