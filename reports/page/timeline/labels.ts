import uPlot from 'uplot'
import type { Timeline } from '../page-data.ts'
import { token } from '../theme.ts'
import type { Layout } from './layout.ts'
import type { PanelSpec } from './panels.ts'
import { spreadOut } from './spread-out.ts'

const LINE_PX = 13

interface Given {
  readonly spec: PanelSpec
  readonly timeline: Timeline
  readonly layout: Layout
  readonly font: string
}

/** What stands over the lines: the objective with its words, and the name of each line at its end. */
export function drawLabels(plot: uPlot, given: Given): void {
  const { ctx } = plot
  ctx.save()
  ctx.font = given.font.replace('11px', `${11 * uPlot.pxRatio}px`)
  ctx.textBaseline = 'alphabetic'
  if (given.spec.namesGaps) drawGapReasons(plot, given)
  drawLimit(plot, given)
  if (!given.layout.isNarrow) drawNames(plot, given)
  ctx.restore()
}

function drawLimit({ ctx, bbox, valToPos }: uPlot, { spec: { limit } }: Given): void {
  if (limit === undefined) return
  const y = valToPos(limit.at, 'y', true)
  ctx.save()
  ctx.strokeStyle = token('ink')
  ctx.lineWidth = 1.3 * uPlot.pxRatio
  ctx.setLineDash([7 * uPlot.pxRatio, 4 * uPlot.pxRatio])
  ctx.beginPath()
  ctx.moveTo(bbox.left, y)
  ctx.lineTo(bbox.left + bbox.width, y)
  ctx.stroke()
  ctx.restore()
  ctx.textAlign = 'right'
  write(ctx, { text: limit.words, x: bbox.left + bbox.width - 4 * uPlot.pxRatio, y: y - 5 * uPlot.pxRatio })
}

/** Why nothing is known, in the middle of the gap; a narrow gap has its reason in the key only. */
function drawGapReasons({ ctx, bbox, valToPos }: uPlot, { timeline }: Given): void {
  ctx.textAlign = 'center'
  for (const { fromMs, toMs, why } of timeline.gaps) {
    const [from, to] = [valToPos(fromMs / 1000, 'x', true), valToPos(toMs / 1000, 'x', true)]
    if (ctx.measureText(why).width < to - from)
      write(ctx, { text: why, x: (from + to) / 2, y: bbox.top + bbox.height * 0.6 })
  }
}

interface End {
  readonly text: string
  readonly color: string
  readonly x: number
  readonly y: number
}

function drawNames(plot: uPlot, { spec }: Given): void {
  const ends = spec.lines
    .flatMap(({ label, color, values }): End[] => {
      const last = values.findLastIndex((value) => value !== null)
      const value = values[last]
      if (label === undefined || value == null) return []
      const x = plot.valToPos(last + 0.5, 'x', true) + 8 * uPlot.pxRatio
      return [{ text: label, color, x, y: plot.valToPos(value, 'y', true) + 4 * uPlot.pxRatio }]
    })
    .sort((a, b) => a.y - b.y)
  plot.ctx.textAlign = 'left'
  const places = spreadOut(
    ends.map(({ y }) => y),
    { apart: LINE_PX * uPlot.pxRatio, limit: plot.bbox.top + plot.bbox.height },
  )
  for (const [index, end] of ends.entries())
    write(plot.ctx, { ...end, y: places[index] ?? end.y, color: end.color === 'p50' ? 'muted' : end.color })
}

/** Text over lines and bands stays readable through a rim of the page's colour. */
function write(
  ctx: CanvasRenderingContext2D,
  { text, x, y, color = 'ink' }: { text: string; x: number; y: number; color?: string },
): void {
  ctx.strokeStyle = token('bg')
  ctx.lineWidth = 3 * uPlot.pxRatio
  ctx.lineJoin = 'round'
  ctx.strokeText(text, x, y)
  ctx.fillStyle = token(color)
  ctx.fillText(text, x, y)
}
