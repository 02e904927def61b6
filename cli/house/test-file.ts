import { run } from 'node:test'
import { pathToFileURL } from 'node:url'
import { inspect } from 'node:util'
import { createOutcomes, type EndedTest, type TestOutcome } from './test-outcomes.ts'

export interface FileResult {
  readonly file: string
  readonly outcomes: readonly TestOutcome[]
  readonly durationMs: number
}

const KEPT_OUTPUT_LINES = 60

interface RunOptions {
  readonly limitMs: number
  /** modules that its process loads first */
  readonly preload?: readonly string[]
}

/** Runs one test file in a process of its own, which is ended when it takes longer than its limit. */
export async function runTestFile(file: string, { limitMs, preload = [] }: RunOptions): Promise<FileResult> {
  const began = performance.now()
  const counted = createOutcomes()
  const output: string[] = []
  const signal = AbortSignal.timeout(limitMs)
  const execArgv = preload.flatMap((path) => ['--import', pathToFileURL(path).href])
  for await (const event of run({
    files: [file],
    isolation: 'process',
    concurrency: false,
    signal,
    execArgv,
  })) {
    if (event.type === 'test:stderr' || event.type === 'test:stdout') output.push(event.data.message)
    if (event.type === 'test:pass' || event.type === 'test:fail') counted.add(endedTest(event, file))
  }
  const outcomes = counted.outcomes.map((one) => explainFile(one, { file, limitMs, signal, output }))
  return { file, outcomes, durationMs: performance.now() - began }
}

type EndEvent = Extract<
  ReturnType<typeof run> extends AsyncIterable<infer Event> ? Event : never,
  { type: 'test:pass' | 'test:fail' }
>

function endedTest({ type, data }: EndEvent, file: string): EndedTest {
  const error = 'error' in data.details ? data.details.error : undefined
  return {
    passed: type === 'test:pass',
    name: data.name,
    nesting: data.nesting,
    file,
    skip: data.skip,
    todo: data.todo,
    failureType: error !== undefined && 'failureType' in error ? String(error.failureType) : undefined,
    error: error === undefined ? '' : inspect(error.cause ?? error, { depth: 4 }),
  }
}

interface FileFailure {
  readonly file: string
  readonly limitMs: number
  readonly signal: AbortSignal
  readonly output: readonly string[]
}

// A failure of the file as a whole (it did not load, exited, hung) is explained by what it printed.
function explainFile(one: TestOutcome, { file, limitMs, signal, output }: FileFailure): TestOutcome {
  if (one.kind !== 'failed' || one.title !== file) return one
  const why = signal.aborted ? `did not end within ${limitMs / 1000} s` : one.detail
  const printed = output.join('').split('\n').slice(-KEPT_OUTPUT_LINES).join('\n')
  return { ...one, title: 'the file as a whole', detail: `${why}\n${printed}` }
}
