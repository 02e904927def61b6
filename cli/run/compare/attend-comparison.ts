import { join, relative } from 'node:path'
import { comparisonText, jsonDocument } from '../../../reports/render/index.ts'
import { plainProgress } from '../../terminal/plain.ts'
import { redrawnProgress } from '../../terminal/redrawn.ts'
import type { Terminal } from '../../terminal/terminal.ts'
import { countPresses } from '../attend.ts'
import { createStopper } from '../execute/stop.ts'
import { compare } from './compare.ts'
import type { CompareRequest } from './draft-comparison.ts'

/** A comparison breaks nothing, and one that was stopped decides nothing. */
const WORDS = {
  atFirst: 'Ctrl-C stops the load and ends what was started for it; then nothing is decided.',
  once: 'stopping: the load, then what was started for it. Nothing is decided.',
  afterOnce: '',
  twice: 'what was started is still being ended.',
}

export interface AttendedComparison extends CompareRequest {
  readonly plain: boolean
  readonly json: boolean
}

/** A comparison with someone before it: progress on stderr, Ctrl-C, the result on stdout. Resolves with the exit code. */
export async function attendComparison(options: AttendedComparison, terminal: Terminal): Promise<number> {
  const redrawn = terminal.screen.isTerminal && !options.plain
  const progress = redrawn ? redrawnProgress(terminal.screen) : plainProgress(terminal.screen)
  const stopper = createStopper()
  const presses = countPresses(stopper, progress, terminal, WORDS)
  try {
    const { folder, comparison } = await compare(options, {
      progress,
      stopper,
      impatient: () => presses.count > 1,
    })
    const report = relative(terminal.cwd, join(folder, 'report', 'index.html'))
    terminal.out(
      options.json
        ? jsonDocument(comparison)
        : comparisonText(comparison, { colour: terminal.colour, report }),
    )
    return comparison.exitCode
  } finally {
    presses.release()
  }
}
