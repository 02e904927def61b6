import type { PhaseSpan, Span } from '../page-data.ts'
import { boxOf, type Layout } from './layout.ts'
import { nameSpan, wasCut } from './phase-name.ts'

const LETTER_PX = 14

interface PhaseProps {
  readonly phase: PhaseSpan
  readonly layout: Layout
  /** where the run ended before its plan did */
  readonly endMs: number
}

/** A phase that the run ended in is solid up to there. */
export function PhaseBox({ phase, layout, endMs }: PhaseProps) {
  const { fromMs, toMs, judged, reached } = phase
  const isCut = wasCut(phase, endMs)
  return (
    <g
      data-phase={phase.name}
      data-from-ms={phase.fromMs}
      data-to-ms={phase.toMs}
      data-reached={phase.reached}
    >
      <title>{phase.name}</title>
      <Box span={{ fromMs, toMs: isCut ? endMs : toMs }} layout={layout} judged={judged} reached={reached} />
      {isCut && <Box span={{ fromMs: endMs, toMs }} layout={layout} judged={false} reached={false} />}
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

interface PhaseNameProps extends PhaseProps {
  readonly letter: string | undefined
}

/** Drawn over all boxes: a letter that is wider than its phase stands on a rim of the page's colour. */
export function PhaseName({ phase, layout, endMs, letter }: PhaseNameProps) {
  const text = letter ?? phase.name
  const { x, width } = boxOf(layout, nameSpan(phase, { text, endMs }, layout))
  return (
    <text
      x={x + width / 2 - 0.5}
      y="15"
      text-anchor="middle"
      class={`${phase.reached ? '' : 'lane'} ${width < LETTER_PX ? 'on-rim' : ''}`}
    >
      {text}
    </text>
  )
}
