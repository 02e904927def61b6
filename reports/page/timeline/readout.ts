import { clock } from '../../run/words/words.ts'
import type { Timeline } from '../page-data.ts'
import type { PanelSpec } from './panels.ts'

/** One second in words: when, in which phase, under which fault, and every figure that is known. */
export interface Readout {
  readonly when: string
  readonly phase: string
  /** said where there is no figure */
  readonly nothing: string
  readonly figures: readonly { readonly name: string; readonly said: string }[]
}

export function readSecond(timeline: Timeline, specs: readonly PanelSpec[], second: number): Readout {
  const ms = second * 1000 + 500
  const covers = ({ fromMs, toMs }: { fromMs: number; toMs: number }) => ms >= fromMs && ms < toMs
  const phase = timeline.phases.find(covers)
  const gap = timeline.gaps.find(covers)
  const faults = timeline.faults.filter((fault) => !fault.planned && covers(fault))
  const figures = specs.flatMap(({ lines, say }) =>
    // Lines stand in the order in which they are drawn; names are read in theirs.
    [...lines]
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap(({ name, values }) => {
        const value = values[second]
        return value == null ? [] : [{ name, said: say(value) }]
      }),
  )
  return {
    when: clock(second * 1000),
    phase: [phase?.name ?? '', ...new Set(faults.map(({ experiment }) => `${experiment} on`))]
      .filter((word) => word !== '')
      .join(', '),
    nothing: gap === undefined || gap.why === 'gap' ? 'no data' : gap.why,
    figures,
  }
}

export function inWords({ when, phase, nothing, figures }: Readout): string {
  const said = figures.map((figure) => `${figure.name} ${figure.said}`)
  return [
    [when, phase].filter((word) => word !== '').join(' '),
    ...(said.length > 0 ? said : [nothing]),
  ].join(', ')
}
