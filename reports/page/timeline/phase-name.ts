import type { PhaseSpan, Span } from '../page-data.ts'
import { boxOf, type Layout, textWidth } from './layout.ts'

/** Of a phase that the run ended in: solid up to there. */
export const wasCut = ({ fromMs, toMs, reached }: PhaseSpan, endMs: number): boolean =>
  reached && fromMs < endMs && endMs < toMs

/** Over which part of its box a phase's name, or the letter in its place, stands: the reached one where it fits. */
export function nameSpan(
  phase: PhaseSpan,
  { text, endMs }: { readonly text: string; readonly endMs: number },
  layout: Layout,
): Span {
  const { fromMs, toMs } = phase
  if (!wasCut(phase, endMs)) return { fromMs, toMs }
  const parts = [
    { fromMs, toMs: endMs },
    { fromMs: endMs, toMs },
  ]
  return parts.find((part) => textWidth(text) <= boxOf(layout, part).width) ?? { fromMs, toMs }
}
