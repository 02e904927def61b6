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
export interface OpenFigure extends Omit<ComparedFigure, 'verdict' | 'why' | 'needsPairs'> {
  isRegression(alpha: number): boolean
  /** how many pairs would decide it, a regression claimed at this level */
  needsPairs(alpha: number): number | null
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

/** A figure of one block, and how many events it rests on. */
export interface BlockFigure {
  readonly value: number
  readonly events: number
}

export type FigureOfBlock = (block: ComparedBlock) => BlockFigure | null

/** The same figure of each block, as ratios of neighbours: what moves the whole machine moves both alike. */
export function pairedFigure(
  { what, tolerance }: Pick<ComparedFigure, 'what' | 'tolerance'>,
  { blocks, planned }: ComparedPairs,
  figureOf: FigureOfBlock,
): OpenFigure {
  const { base, head } = figuresBySide(blocks, figureOf)
  const logRatios = logRatiosOf(blocks, figureOf)
  const change = medianChange(logRatios)
  return {
    what,
    base: middle([...base.values()].map(({ value }) => value)),
    head: middle([...head.values()].map(({ value }) => value)),
    change: relative(change?.value),
    low: relative(change?.low),
    high: relative(change?.high),
    tolerance,
    pairs: logRatios.length,
    byPair: logRatios.map(Math.expm1),
    events: { base: eventsOf(base), head: eventsOf(head) },
    bad: { base: 0, head: 0 },
    needsPairs: (alpha) => {
      const needed = pairsNeeded(logRatios, tolerance, alpha)
      // of a longer comparison as many would lack the figure
      return needed === null ? null : Math.ceil((needed * planned) / logRatios.length)
    },
    isRegression: (alpha) => isRegression(logRatios, tolerance, alpha),
    isNoRegression: () => isNoRegression(logRatios, tolerance),
    refusal: tooFewPairs(logRatios.length, planned),
  }
}

/** log(head ÷ base) of each pair that has the figure on both sides. */
export function logRatiosOf(blocks: readonly ComparedBlock[], figureOf: FigureOfBlock): number[] {
  const { base, head } = figuresBySide(blocks, figureOf)
  return [...base].flatMap(([pair, { value }]) => {
    const other = head.get(pair)
    return other === undefined ? [] : [Math.log(other.value / value)]
  })
}

/** By pair. What is not above zero has no logarithm, and was no measurement. */
function figuresBySide(
  blocks: readonly ComparedBlock[],
  figureOf: FigureOfBlock,
): Record<SideName, Map<number, BlockFigure>> {
  const sides = { base: new Map<number, BlockFigure>(), head: new Map<number, BlockFigure>() }
  for (const block of blocks) {
    const figure = block.pair === null ? null : figureOf(block)
    if (block.pair !== null && figure !== null && figure.value > 0) sides[block.side].set(block.pair, figure)
  }
  return sides
}

const eventsOf = (figures: ReadonlyMap<number, BlockFigure>): number =>
  [...figures.values()].reduce((sum, { events }) => sum + events, 0)

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
    byPair: [],
    events: { base: base.total.events, head: head.total.events },
    bad: { base: base.total.bad, head: head.total.bad },
    needsPairs: (alpha) => {
      const growth = growthNeeded(sides, tolerance, alpha)
      return growth === null ? null : growth * planned
    },
    isRegression: (alpha) => isWorse(sides, tolerance, alpha),
    isNoRegression: () => isNoWorse(sides, tolerance),
    refusal:
      tooFewPairs(pairs, planned) ||
      (isSettled ? '' : 'Bad ones hang together over more blocks than one can tell.'),
  }
}

function sideCounts(blocks: readonly Counts[]) {
  const total = totalOf(blocks)
  const { value, settled } = designEffect([[blocks]])
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
