import type { PhaseSpan, Span } from '../page-data.ts'
import { boxOf, type Layout } from './layout.ts'

const LETTER_PX = 14

interface PhaseProps {
  readonly phase: PhaseSpan
  readonly layout: Layout
}

/** A phase that the run ended in is solid up to there. */
export function PhaseBox({ phase, layout, endMs }: PhaseProps & { readonly endMs: number }) {
  const { fromMs, toMs, judged, reached } = phase
  const wasCut = reached && fromMs < endMs && endMs < toMs
  return (
    <g
      data-phase={phase.name}
      data-from-ms={phase.fromMs}
      data-to-ms={phase.toMs}
      data-reached={phase.reached}
    >
      <title>{phase.name}</title>
      <Box span={{ fromMs, toMs: wasCut ? endMs : toMs }} layout={layout} judged={judged} reached={reached} />
      {wasCut && <Box span={{ fromMs: endMs, toMs }} layout={layout} judged={false} reached={false} />}
    </g>
  )
}

interface BoxProps {
  readonly span: Span
  readonly layout: Layout
  readonly judged: boolean
  readonly reached: boolean
}

function Box({ span, layout, judged, reached }: BoxProps) {
  const { x, width } = boxOf(layout, span)
  return (
    <rect
      x={x + 0.5}
      y="0.5"
      width={Math.max(1, width - 2)}
      height="21"
      rx="3"
      fill={judged ? 'var(--sunk)' : 'none'}
      stroke="var(--edge)"
      stroke-dasharray={judged && reached ? 'none' : '3 3'}
    />
  )
}

/** Drawn over all boxes: a letter that is wider than its phase stands on a rim of the page's colour. */
export function PhaseName({ phase, layout, letter }: PhaseProps & { readonly letter: string | undefined }) {
  const { x, width } = boxOf(layout, phase)
  return (
    <text
      x={x + width / 2 - 0.5}
      y="15"
      text-anchor="middle"
      class={`${phase.reached ? '' : 'lane'} ${width < LETTER_PX ? 'on-rim' : ''}`}
    >
      {letter ?? phase.name}
    </text>
  )
}
