import {
  type ChangeVerdict,
  type ComparedBlock,
  type ComparedFigure,
  type ComparedObjective,
  type Comparison,
  type ComparisonFinding,
  type ComparisonVerdict,
  EXIT,
  type Plan,
  type PlannedObjective,
  type Sides,
} from '../../../reports/run/index.ts'
import { rounded } from '../../../slo/judge/encode.ts'
import { ALPHA } from '../../../slo/judge/statistics/bad-ratio.ts'
import { holm } from '../../../slo/judge/statistics/holm.ts'
import type { OpenFigure } from './figures.ts'
import { findingsOf } from './findings.ts'
import { figuresOf, whyNotCompared } from './objective-figures.ts'
import { whyFigure, whyOverall } from './sentences.ts'
import { cpuLeftOut, type OpenObjective, withUnasked } from './unasked-objectives.ts'

/** The record of a comparison, as it stands in its folder. */
export interface ComparisonRecord {
  readonly plan: Plan
  readonly sides: Sides
  readonly blocks: readonly ComparedBlock[]
}

/** Says of each objective whether the head is worse than the base. Pure: the same record gives the same words. */
export function judgeComparison({ plan, sides, blocks }: ComparisonRecord): Comparison {
  const pairs = { blocks, planned: sides.schedule.pairs }
  const asked = plan.objectives.flatMap((one) => openObjective(one))
  const open = withUnasked(asked, { sides, pairs })
  function openObjective(objective: PlannedObjective): OpenObjective[] {
    if (whyNotCompared(objective) !== '') return []
    const { name, title, advisory, promised, noun } = objective
    return [{ name, title, advisory, promised, noun, open: figuresOf(objective, pairs) }]
  }
  const objectives = decided(open, { outcome: sides.outcome, planned: pairs.planned })
  // what was broken off decides nothing anyway
  const findings = sides.outcome === 'completed' ? findingsOf(sides, blocks, plan) : []
  const verdict = verdictOf(objectives, findings)
  return rounded<Comparison>({
    schema: 'gauntlet/comparison/1',
    run: sides.run,
    plan: plan.name,
    verdict,
    exitCode: exitCodeOf(verdict, sides.outcome),
    outcome: sides.outcome,
    why: whyOverall({ verdict, objectives, findings, outcome: sides.outcome }),
    base: sides.base,
    head: sides.head,
    schedule: sides.schedule,
    objectives,
    leftOut: [...sides.leftOut, ...plan.objectives.map(notCompared), cpuLeftOut(sides)].filter(
      (one) => one !== '',
    ),
    findings,
  })
}

function notCompared(objective: PlannedObjective): string {
  const why = whyNotCompared(objective)
  return why === '' ? '' : `objective ${objective.name}, as ${why}`
}

/** What was planned, and whether it came to that. */
interface Course {
  readonly outcome: Sides['outcome']
  readonly planned: number
}

/** Each regression is claimed among all others (Holm), each no regression for itself (JUDGING, rule 5). */
function decided(open: readonly OpenObjective[], course: Course): ComparedObjective[] {
  const required = open.filter(({ advisory }) => !advisory).flatMap((one) => one.open)
  const claims = required.map((one) => (alpha: number) => canDecide(one, course) && one.isRegression(alpha))
  const holding = holm(claims, ALPHA)
  const found = new Set(required.filter((_, n) => holding[n]))
  const strictest = ALPHA / Math.max(1, required.length - found.size)
  return open.map(({ open: figures, ...objective }) => {
    const alpha = objective.advisory ? ALPHA : strictest
    const closed = figures.map((one) => {
      const isFound = objective.advisory ? canDecide(one, course) && one.isRegression(ALPHA) : found.has(one)
      return closedFigure(one, { isFound, alpha, ...course })
    })
    return { ...objective, verdict: worst(closed.map(({ verdict }) => verdict)), figures: closed }
  })
}

/** A test of a fixed length says nothing when it is broken off. */
const canDecide = ({ refusal }: OpenFigure, { outcome }: Pick<Course, 'outcome'>): boolean =>
  refusal === '' && outcome === 'completed'

interface Decision extends Course {
  readonly isFound: boolean
  /** the level at which it would have been found */
  readonly alpha: number
}

function closedFigure(open: OpenFigure, decision: Decision): ComparedFigure {
  const { isRegression: _, isNoRegression, refusal, needsPairs, ...figures } = open
  const isWhole = canDecide(open, decision)
  const isNone = isWhole && isNoRegression()
  const verdict = decision.isFound ? 'regression' : isNone ? 'no-regression' : 'inconclusive'
  const isOpen = verdict === 'inconclusive' && isWhole
  const figure = { ...figures, verdict, needsPairs: isOpen ? needsPairs(decision.alpha) : null } as const
  return { ...figure, why: refusal === '' ? whyFigure(figure, decision) : refusal }
}

/** None compared decides nothing. */
function worst(verdicts: readonly ChangeVerdict[]): ChangeVerdict {
  if (verdicts.includes('regression')) return 'regression'
  return verdicts.length === 0 || verdicts.includes('inconclusive') ? 'inconclusive' : 'no-regression'
}

function verdictOf(
  objectives: readonly ComparedObjective[],
  findings: readonly ComparisonFinding[],
): ComparisonVerdict {
  if (findings.length > 0) return 'invalid'
  return worst(objectives.filter(({ advisory }) => !advisory).map(({ verdict }) => verdict))
}

function exitCodeOf(verdict: ComparisonVerdict, outcome: Sides['outcome']): number {
  if (outcome === 'interrupted') return EXIT.stopped.code
  switch (verdict) {
    case 'no-regression':
      return EXIT.met.code
    case 'regression':
      return EXIT.violated.code
    case 'inconclusive':
      return EXIT.inconclusive.code
    case 'invalid':
      return EXIT.invalid.code
    default:
      return verdict satisfies never
  }
}
