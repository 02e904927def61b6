import type { Project } from '../config/load-config.ts'
import { plainProgress } from '../terminal/plain.ts'
import type { Progress } from '../terminal/progress.ts'
import { redrawnProgress } from '../terminal/redrawn.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { createStopper, type Stopper } from './execute/stop.ts'
import { unfinishedRun } from './record/unfinished.ts'
import type { ExperimentRequest, RunOptions, ScriptRequest } from './request.ts'
import { run } from './run.ts'
import { showRun } from './show/show-run.ts'

export interface AttendedRun extends RunOptions {
  readonly project: Project
  readonly plan: string
  readonly script?: ScriptRequest
  readonly experiment?: ExperimentRequest
  readonly leaseMs?: number
}

/** A run with someone before it: progress on stderr, Ctrl-C, the result on stdout. Resolves with the exit code. */
export async function attendRun(options: AttendedRun, terminal: Terminal): Promise<number> {
  const redrawn = terminal.screen.isTerminal && !options.plain
  const progress = redrawn ? redrawnProgress(terminal.screen) : plainProgress(terminal.screen)
  const stopper = createStopper()
  stopper.signal.addEventListener('abort', () => progress.phase(undefined), { once: true })
  const presses = countPresses(stopper, progress, terminal)
  const keys = options.experiment?.faultOnly ? listenForEnter(progress, terminal) : undefined
  try {
    for (const line of await unfinishedRun(options.project.root)) progress.fact(line)
    const result = await run(
      {
        project: options.project,
        plan: options.plan,
        ...(options.script === undefined ? {} : { script: options.script }),
        ...(options.experiment === undefined ? {} : { experiment: options.experiment }),
        switches: options.switch,
        ...(options.port === undefined ? {} : { port: options.port }),
        ...(options.target === undefined ? {} : { targetFile: options.target }),
        waitForTarget: options.wait,
        allowUndecidable: options.allowUndecidable,
        seed: options.seed,
        ...(options.leaseMs === undefined ? {} : { leaseMs: options.leaseMs }),
      },
      { progress, stopper, impatient: () => presses.count > 1, ...keys },
    )
    showRun(result, { ...options, reason: stopper.reason }, terminal)
    return result.exitCode
  } finally {
    presses.release()
    keys?.release()
  }
}

/** Of a drill: whoever is at the terminal says so as soon as he knows that something is wrong. */
function listenForEnter(progress: Progress, { onEnter }: Terminal) {
  if (onEnter === undefined) return undefined
  let tell = (): void => {}
  progress.hint('Enter: you noticed it. Ctrl-C ends the drill, and gauntlet takes it back.')
  const { release } = onEnter(() => tell())
  return {
    onNoticed: (listener: () => void) => {
      tell = listener
    },
    release,
  }
}

/** The terminal signals us, and npm, where its shell is bash, signals us again: that is one press. */
const SAME_PRESS_MS = 10

/** What is said of each press, and in between. */
interface PressWords {
  readonly atFirst: string
  readonly once: string
  /** below all else, until the second press */
  readonly afterOnce: string
  readonly twice: string
}

const OF_A_RUN: PressWords = {
  atFirst: 'Ctrl-C stops the load and undoes what is on.',
  once: 'stopping: the load, then every fault, then the verdict. Ctrl-C again skips the verdict.',
  afterOnce: 'Ctrl-C again skips waiting and the verdict; what is on is undone in any case.',
  twice: 'not judging. What is on is still being undone.',
}

/** Once: stop the load, undo, judge. Twice: no judging either. The undo is done in any case. */
export function countPresses(
  stopper: Stopper,
  progress: Progress,
  terminal: Terminal,
  words: PressWords = OF_A_RUN,
): { readonly count: number; release(): void } {
  let count = 0
  let lastMs = Number.NEGATIVE_INFINITY
  progress.hint(words.atFirst)
  const { release } = terminal.onInterrupt((signal) => {
    const now = performance.now()
    if (now - lastMs < SAME_PRESS_MS) return
    lastMs = now
    count += 1
    if (count === 1) {
      progress.hint(words.afterOnce)
      stopper.stop({ by: 'person', reason: signal === 'SIGINT' ? 'Ctrl-C' : signal })
      progress.fact(words.once)
      return
    }
    progress.hint('')
    progress.fact(words.twice)
  })
  return {
    get count() {
      return count
    },
    release,
  }
}
