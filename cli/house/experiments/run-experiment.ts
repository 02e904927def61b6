import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { Compile } from 'typebox/compile'
import { GauntletError, Verdict } from '../../../reports/run/index.ts'

/** What became of an experiment of the catalog. */
export interface ExperimentResult {
  readonly exitCode: number | null
  /** `none`: it was refused, or could not be run */
  readonly verdict: Verdict['verdict'] | 'none'
  readonly proof: string
  readonly undo: string
  /** why it is no other verdict, as people read it */
  readonly why: string
}

export interface ExperimentOptions {
  readonly name: string
  /** the fault does nothing */
  readonly isTakenOut: boolean
  /** further options of `chaos run` */
  readonly options?: readonly string[]
  readonly interrupted?: AbortSignal
}

const root = resolve(import.meta.dirname, '../../..')
const isVerdict = Compile(Verdict)
/** Characters of what was said to people, when there is no verdict. */
const SAID_LAST = 2_000

/** Runs `gauntlet chaos run NAME` against Plaza as it is now, with its fault or with one that does nothing. */
export async function runExperiment({
  name,
  isTakenOut,
  options = [],
  interrupted,
}: ExperimentOptions): Promise<ExperimentResult> {
  const preload = isTakenOut ? ['--import', join(import.meta.dirname, 'no-act-here.ts')] : []
  const command = [join(root, 'cli/gauntlet.cjs'), 'chaos', 'run', name, '--plain', '--json', ...options]
  const child = spawn(process.execPath, [...preload, ...command], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  // in good order: it takes its fault back
  interrupted?.addEventListener('abort', () => child.kill('SIGINT'))
  const [stdout, stderr, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ])
  interrupted?.throwIfAborted()
  const verdict = verdictIn(stdout)
  const [fault] = verdict?.faults ?? []
  return {
    exitCode,
    verdict: verdict?.verdict ?? 'none',
    proof: fault?.proof ?? 'none',
    undo: fault?.undo ?? 'none',
    why: verdict?.why ?? stderr.slice(-SAID_LAST),
  }
}

function verdictIn(stdout: string): Verdict | undefined {
  if (stdout === '') return undefined
  const document: unknown = JSON.parse(stdout)
  const given =
    typeof document === 'object' && document !== null && 'verdict' in document ? document.verdict : undefined
  if (given === undefined || isVerdict.Check(given)) return given
  throw new GauntletError('NO_VERDICT', 'what chaos run printed is no verdict of this version')
}
