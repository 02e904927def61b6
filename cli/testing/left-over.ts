import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { commandLine, identify, listPids } from '../process/identity.ts'
import { findLeftovers } from '../process/marks.ts'
import { runFolders, type Shop } from './run-folders.ts'

/** CONTRACTS, "The target" and issue 3: nothing is left over, waited for at most this long. */
const WITHIN_MS = 10_000

/** Waits until no run of the shop has left anything; fails with what is there when that takes too long. */
export async function nothingLeftOver(shop: Shop): Promise<void> {
  const until = performance.now() + WITHIN_MS
  let found = await leftOvers(shop)
  while (found.length > 0 && performance.now() < until) {
    await pause(50)
    found = await leftOvers(shop)
  }
  assert.deepEqual(found, [], 'left over')
}

/**
 * What the house's own finder finds for each run; and, for commands that came to no run, whatever is in the shop's
 * temporary folder and locks, and every process that was told to use them.
 */
export async function leftOvers(shop: Shop): Promise<string[]> {
  const { ports, temporary, locks } = shop
  const found = await findLeftovers({ runId: 'no-run', ports, scratch: temporary })
  // without ports: whether one is free is found by taking it, so that two who ask at once find each other
  for (const folder of runFolders(shop))
    found.push(...(await findLeftovers({ runId: basename(folder), ports: [], scratch: temporary })))
  const processes = listPids().filter((pid) => usesFolder(pid, temporary) && identify(pid) !== undefined)
  return [
    ...new Set(found),
    ...readdirSync(temporary).map((name) => `temporary file ${name}`),
    ...readdirSync(locks).map((name) => `lock ${name}`),
    ...processes.map((pid) => `process ${pid} (${commandLine(pid)})`),
  ]
}

function usesFolder(pid: number, temporary: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').includes(`TMPDIR=${temporary}`)
  } catch {
    return false // it ended, or belongs to another user
  }
}
