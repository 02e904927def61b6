import { createContext, Script } from 'node:vm'

/** A pattern or a path that backtracks without end would hold up the harness, its load and its undos with it. */
const LIMIT_MS = 250
export const TOO_LONG = `broken off after ${LIMIT_MS} ms`

const script = new Script('work()')
const realm = createContext()

/** What the work gave, or undefined when it was broken off after 250 ms. Only for work that gives its result at once. */
export function withinTime<Result>(work: () => Result): Result | undefined {
  const results: Result[] = []
  realm['work'] = () => void results.push(work())
  try {
    script.runInContext(realm, { timeout: LIMIT_MS })
  } catch (error) {
    if (!isTimeOut(error)) throw error
  }
  return results[0]
}

/** It comes from the other realm, whose Error is not ours. */
const isTimeOut = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  'code' in error &&
  error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
