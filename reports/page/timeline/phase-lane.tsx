import type { PhaseSpan } from '../page-data.ts'
import { boxOf, type Layout } from './layout.ts'

const LETTER_PX = 14

interface PhaseProps {
  readonly phase: PhaseSpan
  readonly layout: Layout
}

export function PhaseBox({ phase, layout }: PhaseProps) {
  const { x, width } = boxOf(layout, phase)
  const isSolid = phase.judged && phase.reached
  return (
    <g
      data-phase={phase.name}
      data-from-ms={phase.fromMs}
      data-to-ms={phase.toMs}
      data-reached={phase.reached}
    >
      <title>{phase.name}</title>
      <rect
        x={x + 0.5}
        y="0.5"
        width={Math.max(1, width - 2)}
        height="21"
        rx="3"
        fill={phase.judged ? 'var(--sunk)' : 'none'}
        stroke="var(--edge)"
        stroke-dasharray={isSolid ? 'none' : '3 3'}
      />
    </g>
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
