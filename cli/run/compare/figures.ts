import type { ComparedBlock, ComparedFigure, SideName } from '../../../reports/run/index.ts'
import type { Counts } from '../../../slo/judge/statistics/bad-ratio.ts'
import { designEffect, totalOf } from '../../../slo/judge/statistics/design-effect.ts'
import {
  isNoRegression,
  isRegression,
  medianChange,
  pairsNeeded,
} from '../../../slo/judge/statistics/paired-comparison.ts'
import {
  growthNeeded,
  isNoWorse,
  isWorse,
  shareDifference,
} from '../../../slo/judge/statistics/paired-comparison-shares.ts'

/** A figure of both sides before it is decided, and what decides it. */
export interface OpenFigure extends Omit<ComparedFigure, 'verdict' | 'why'> {
  isRegression(alpha: number): boolean
  isNoRegression(): boolean
  /** why nothing can be decided; empty when it can */
  readonly refusal: string
}

export interface ComparedPairs {
  readonly blocks: readonly ComparedBlock[]
  /** as many as were planned */
  readonly planned: number
}

/** A comparison that lost more of its pairs than this is not the one that was planned. */
export const MOST_LOST_RATIO = 0.1

/** The same figure of each block, as ratios of neighbours: what moves the whole machine moves both alike. */
export function pairedFigure(
  { what, tolerance }: Pick<ComparedFigure, 'what' | 'tolerance'>,
  { blocks, planned }: ComparedPairs,
  figureOf: (block: ComparedBlock) => { readonly value: number; readonly events: number } | null,
): OpenFigure {
  const measured = blocks.flatMap((block) => {
    const figure = block.pair === null ? null : figureOf(block)
    return figure === null || figure.value <= 0 ? [] : [{ ...block, ...figure }]
  })
  const of = (side: SideName) => measured.filter((one) => one.side === side)
  const [base, head] = [of('base'), of('head')]
  const logRatios = base.flatMap((one) => {
    const other = head.find(({ pair }) => pair === one.pair)
    return other === undefined ? [] : [Math.log(other.value / one.value)]
  })
  const change = medianChange(logRatios)
  const events = (side: typeof base) => side.reduce((sum, one) => sum + one.events, 0)
  return {
    what,
    base: middle(base.map(({ value }) => value)),
    head: middle(head.map(({ value }) => value)),
    change: relative(change?.value),
    low: relative(change?.low),
    high: relative(change?.high),
    tolerance,
    pairs: logRatios.length,
    events: { base: events(base), head: events(head) },
    bad: { base: 0, head: 0 },
    needsPairs: pairsNeeded(logRatios, tolerance),
    isRegression: (alpha) => isRegression(logRatios, tolerance, alpha),
    isNoRegression: () => isNoRegression(logRatios, tolerance),
    refusal: tooFewPairs(logRatios.length, planned),
  }
}

/** The bad ones of all blocks, each side as often as its blocks differ among themselves. */
export function shareFigure(
  { tolerance }: Pick<ComparedFigure, 'tolerance'>,
  { blocks, planned }: ComparedPairs,
  countsOf: (block: ComparedBlock) => Counts,
): OpenFigure {
  const paired = blocks.filter(({ pair }) => pair !== null)
  const of = (side: SideName) => paired.filter((one) => one.side === side).map(countsOf)
  const [base, head] = [sideCounts(of('base')), sideCounts(of('head'))]
  const sides = { base: base.independent, head: head.independent }
  const change = shareDifference(sides)
  const pairs = Math.min(of('base').length, of('head').length)
  const growth = growthNeeded(sides, tolerance)
  const isSettled = base.settled && head.settled
  return {
    what: 'share',
    base: ratioOf(base.total),
    head: ratioOf(head.total),
    change: change?.value ?? null,
    low: change?.low ?? null,
    high: change?.high ?? null,
    tolerance,
    pairs,
    events: { base: base.total.events, head: head.total.events },
    bad: { base: base.total.bad, head: head.total.bad },
    needsPairs: growth === null ? null : growth * planned,
    isRegression: (alpha) => isWorse(sides, tolerance, alpha),
    isNoRegression: () => isNoWorse(sides, tolerance),
    refusal:
      tooFewPairs(pairs, planned) ||
      (isSettled ? '' : 'Bad ones hang together over more blocks than one can tell.'),
  }
}

function sideCounts(blocks: readonly Counts[]) {
  const total = totalOf(blocks)
  const { value, settled } = designEffect([blocks])
  return { total, settled, independent: { events: total.events / value, bad: total.bad / value } }
}

function tooFewPairs(pairs: number, planned: number): string {
  return pairs < planned * (1 - MOST_LOST_RATIO) ? `Only ${pairs} of ${planned} pairs have this figure.` : ''
}

const ratioOf = ({ events, bad }: Counts): number | null => (events === 0 ? null : bad / events)

const relative = (log: number | null | undefined): number | null =>
  log === null || log === undefined ? null : Math.expm1(log)

function middle(values: readonly number[]): number | null {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? null
}
