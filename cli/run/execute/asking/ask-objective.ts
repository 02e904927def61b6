import type { AskObjective } from '../../../../chaos/index.ts'
import {
  clock as clockWords,
  measuredInOne,
  type PhaseWindow,
  type Plan,
  type PlannedObjective,
  type RunContext,
  type RunRecord,
} from '../../../../reports/run/index.ts'
import { measure } from '../../../../slo/judge/measures/index.ts'
import { brokenWords, openWords, whyOpen } from '../../../../slo/judge/sentences.ts'
import { ALPHA } from '../../../../slo/judge/statistics/bad-ratio.ts'
import { type AskedStretch, loadWindow } from './load-so-far.ts'
import { sourceRecord } from './source-so-far.ts'
import { withUnderWay } from './under-way.ts'

type Verdict = Awaited<ReturnType<AskObjective>>

/**
 * Judges an objective while the run goes on, as the judge will do it when the run is over: by the same arithmetic, from
 * what is written down by now, or from what its data source says. What nobody knows yet is inconclusive.
 */
export function objectiveAsker(
  plan: Plan,
  record: () => RunRecord,
  context: Pick<RunContext, 'clock' | 'signal' | 'http'>,
): AskObjective {
  const known = [...plan.objectives, ...(plan.probed ?? [])]
  return async (name, overMs, sinceUs) => {
    const objective = known.find((one) => one.name === name)
    if (objective === undefined) return open(`the plan has no objective ${name}`)
    const asked = { overMs, sinceUs }
    return objective.total.measure === 'query'
      ? ofSource(objective, asked, record(), context)
      : ofLoad(objective, asked, record, context)
  }
}

const open = (seen: string): Verdict => ({ verdict: 'inconclusive', seen })

async function ofLoad(
  objective: PlannedObjective,
  asked: AskedStretch,
  record: () => RunRecord,
  context: Pick<RunContext, 'clock' | 'signal'>,
): Promise<Verdict> {
  const window = await loadWindow(asked, record, context)
  if (typeof window === 'string') return open(window)
  const found = judged(objective, window, record())
  const { fromSecond, toSecond } = window
  const when = `from ${clockWords(fromSecond * 1000)} to ${clockWords(toSecond * 1000)}`
  return { ...found, seen: `${found.seen}, ${when}` }
}

async function ofSource(
  objective: PlannedObjective,
  asked: AskedStretch,
  record: RunRecord,
  context: Pick<RunContext, 'clock' | 'signal' | 'http'>,
): Promise<Verdict> {
  const answered = await sourceRecord(objective, asked, record, context)
  if (typeof answered === 'string') return open(answered)
  const toSecond = asked.overMs / 1000
  return judged(objective, { ...WHOLE, toSecond }, answered)
}

const WHOLE: PhaseWindow = { phase: 'asked', fromSecond: 0, toSecond: 0, delayed: false, faulted: false }

/** Met though all that is still under way came to nothing; violated by what has ended. */
function judged(objective: PlannedObjective, window: PhaseWindow, record: RunRecord): Verdict {
  const own = { ...objective, phases: [window.phase] }
  const worst = withUnderWay(own, window, record)
  const atWorst = measure(own, worst.record, [window])
  const ended = measure(own, record, [window])
  if (atWorst.kept) return { verdict: 'met', seen: `${own.title} was ${measuredInOne(atWorst.figures)}` }
  if (ended.broken(ALPHA)) return { verdict: 'violated', seen: brokenWords(ended.figures, own) }
  const seen = openWords(ended.figures, whyOpen(ended, ALPHA))
  return open(worst.note === '' ? seen : `${seen}; ${worst.note}`)
}
