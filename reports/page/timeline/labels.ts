import uPlot from 'uplot'
import type { PerSecond, Timeline } from '../page-data.ts'
import { token } from '../theme.ts'
import type { Layout } from './layout.ts'
import { type LineEnd, placeLineEnds } from './line-ends.ts'
import type { PanelSpec } from './panels.ts'
import { type Point, placeWords } from './place-words.ts'

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
  if (given.spec.namesGaps && !saysWhyEmpty(given)) drawGapReasons(plot, given)
  drawWhyEmpty(plot, given)
  const wordsFrom = drawLimit(plot, given)
  if (!given.layout.isNarrow) drawNames(plot, given, wordsFrom)
  ctx.restore()
}

/** Returns where its words begin, when they stand at the end of the plot. */
function drawLimit({ ctx, bbox, valToPos }: uPlot, { spec: { limit, lines } }: Given): number {
  const right = bbox.left + bbox.width
  if (limit === undefined) return right
  const y = valToPos(limit.at, 'y', true)
  ctx.save()
  ctx.strokeStyle = token('ink')
  ctx.lineWidth = 1.3 * uPlot.pxRatio
  ctx.setLineDash([7 * uPlot.pxRatio, 4 * uPlot.pxRatio])
  ctx.beginPath()
  ctx.moveTo(bbox.left, y)
  ctx.lineTo(right, y)
  ctx.stroke()
  ctx.restore()
  ctx.textAlign = 'right'
  const edge = 4 * uPlot.pxRatio
  const place = placeWords(
    y,
    lines.map(({ values }) => pointsOf(values, valToPos)),
    {
      ...{
        widthPx: ctx.measureText(limit.words).width,
        heightPx: 10 * uPlot.pxRatio,
        gapPx: 5 * uPlot.pxRatio,
      },
      ...{ left: bbox.left + edge, right: right - edge, top: bbox.top, bottom: bbox.top + bbox.height },
    },
  )
  write(ctx, { text: limit.words, x: place.right, y: place.y })
  const isAtEnd = place.right === right - edge
  return isAtEnd ? place.right - ctx.measureText(limit.words).width - edge : right
}

/** Each second's point; after the last one its name stands. */
function pointsOf(values: PerSecond, valToPos: uPlot['valToPos']): Point[] {
  const points = values.map((value, second) =>
    value === null ? null : { x: valToPos(second + 0.5, 'x', true), y: valToPos(value, 'y', true) },
  )
  const last = points.findLast((point) => point !== null)
  return last === undefined ? [] : [...points, null, last, { ...last, x: last.x + NAME_PX * uPlot.pxRatio }]
}

const NAME_PX = 34

/** A panel without a line says why; where the whole of it is a gap, the gap does. */
function drawWhyEmpty({ ctx, bbox }: uPlot, given: Given): void {
  if (!saysWhyEmpty(given)) return
  ctx.textAlign = 'center'
  write(ctx, {
    text: given.spec.whyEmpty ?? '',
    x: bbox.left + bbox.width / 2,
    y: bbox.top + bbox.height * 0.6,
  })
}

const saysWhyEmpty = ({ spec, timeline }: Given): boolean =>
  spec.whyEmpty !== undefined && timeline.gaps.every(({ fromMs }) => fromMs !== 0)

/** Why nothing is known, in the middle of the gap; a narrow gap has its reason in the key only. */
function drawGapReasons({ ctx, bbox, valToPos }: uPlot, { timeline }: Given): void {
  ctx.textAlign = 'center'
  for (const { fromMs, toMs, why } of timeline.gaps) {
    const [from, to] = [valToPos(fromMs / 1000, 'x', true), valToPos(toMs / 1000, 'x', true)]
    if (ctx.measureText(why).width < to - from)
      write(ctx, { text: why, x: (from + to) / 2, y: bbox.top + bbox.height * 0.6 })
  }
}

function drawNames({ ctx, bbox, valToPos }: uPlot, { spec }: Given, wordsFrom: number): void {
  const ends = spec.lines.flatMap(({ label, color, values }): (LineEnd & { readonly color: string })[] => {
    const last = values.findLastIndex((value) => value !== null)
    const value = values[last]
    if (label === undefined || value == null) return []
    const x = valToPos(last + 0.5, 'x', true) + 8 * uPlot.pxRatio
    return [{ text: label, color, x, y: valToPos(value, 'y', true) + 4 * uPlot.pxRatio }]
  })
  const room = {
    ...{ linePx: LINE_PX * uPlot.pxRatio, bottom: bbox.top + bbox.height, wordsFrom },
    widthPx: Math.max(0, ...ends.map(({ text }) => ctx.measureText(text).width)),
    plotRight: bbox.left + bbox.width + 6 * uPlot.pxRatio,
  }
  ctx.textAlign = 'left'
  for (const end of placeLineEnds(ends, room))
    write(ctx, { ...end, color: end.color === 'p50' ? 'muted' : end.color })
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
