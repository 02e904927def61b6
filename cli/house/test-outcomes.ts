/** One counted test. A skipped one says why, a failed one what was seen. */
export interface TestOutcome {
  readonly kind: 'passed' | 'failed' | 'skipped'
  readonly title: string
  readonly detail: string
}

/** What node:test tells of a test that ended; of test:pass and test:fail the parts that count. */
export interface EndedTest {
  readonly passed: boolean
  readonly name: string
  /** depth: a test comes after all tests inside it */
  readonly nesting: number
  readonly file: string
  readonly skip: string | boolean | undefined
  readonly todo: string | boolean | undefined
  /** node:test's own word: testCodeFailure, subtestsFailed, hookFailed, … */
  readonly failureType: string | undefined
  readonly error: string
}

/** Counts leaf tests: a test or suite that holds others speaks only through them, unless it failed by itself. */
export function createOutcomes(): { add(ended: EndedTest): void; readonly outcomes: readonly TestOutcome[] } {
  const outcomes: TestOutcome[] = []
  // path[n] is true when a test at depth n has ended since the last one at depth n - 1
  const seenAtDepth: boolean[] = []
  return {
    outcomes,
    add: (ended) => {
      const holdsOthers = seenAtDepth[ended.nesting + 1] ?? false
      seenAtDepth[ended.nesting + 1] = false
      seenAtDepth[ended.nesting] = true
      const failedByItself = !ended.passed && ended.failureType !== 'subtestsFailed'
      if (!holdsOthers || failedByItself) outcomes.push(outcomeOf(ended))
    },
  }
}

function outcomeOf(ended: EndedTest): TestOutcome {
  const { name: title } = ended
  const failed = (detail: string): TestOutcome => ({ kind: 'failed', title, detail })
  const reason = ended.skip ?? ended.todo
  if (reason !== undefined && reason !== false)
    return typeof reason === 'string' && reason.trim() !== ''
      ? { kind: 'skipped', title, detail: reason }
      : failed('it is skipped without a reason')
  if (!ended.passed) return failed(ended.error)
  // node:test reports a file that holds no test as one that passed.
  if (ended.name === ended.file) return failed('the file holds no test')
  return { kind: 'passed', title, detail: '' }
}

export interface Total {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

export function totalOf(outcomes: readonly TestOutcome[]): Total {
  const count = (kind: TestOutcome['kind']): number => outcomes.filter((one) => one.kind === kind).length
  return { passed: count('passed'), failed: count('failed'), skipped: count('skipped') }
}
