import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'

/** Waits until the condition holds; fails the test, naming it, when it does not in time. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, withinMs = 10_000) {
  const end = performance.now() + withinMs
  while (!(await holds())) {
    if (performance.now() > end) assert.fail(`not within ${withinMs} ms: ${what}`)
    await pause(20)
  }
}
