import type { Span, Timeline } from '../page-data.ts'
import { token } from '../theme.ts'
import type { Layout } from './layout.ts'
import { xOf } from './layout.ts'

/** A piece of a canvas, in its own pixels. `shift` is how far above it the whole drawing begins. */
interface Area {
  readonly ctx: CanvasRenderingContext2D
  readonly left: number
  readonly right: number
  readonly height: number
  readonly shift: number
  readonly ratio: number
}

interface BandsGiven {
  readonly timeline: Timeline
  readonly layout: Layout
  /** where this panel begins and how high it is, in CSS pixels */
  readonly topPx: number
  readonly heightPx: number
  readonly ratio: number
}

/** Bands lie behind the lines and run through every panel; their patterns tell them apart, not their hue. */
export function drawBands(
  ctx: CanvasRenderingContext2D,
  { timeline, layout, topPx, heightPx, ratio }: BandsGiven,
): void {
  const area = ({ fromMs, toMs }: Span): Area => ({
    ctx,
    ratio,
    left: xOf(layout, fromMs) * ratio,
    right: xOf(layout, toMs) * ratio,
    height: heightPx * ratio,
    shift: topPx * ratio,
  })
  for (const span of timeline.audits) dots(area(span), token('audit'))
  for (const span of timeline.faults) fault(area(span), span.planned)
  for (const span of timeline.taints) taint(area(span))
  for (const span of timeline.gaps) gap(area(span))
}

function fault(area: Area, planned: boolean): void {
  area.ctx.save()
  if (planned) area.ctx.globalAlpha = 0.4
  fill(area, token('band'), 0.08)
  stripes(area, { color: token('band'), alpha: 0.3, gap: 9, slope: -1 })
  edges(area, token('band'), planned ? [3, 3] : [])
  area.ctx.restore()
}

function taint(area: Area): void {
  fill(area, token('invalid'), 0.08)
  stripes(area, { color: token('invalid'), alpha: 0.3, gap: 6, slope: 0 })
  edges(area, token('invalid'), [2, 2])
}

function gap(area: Area): void {
  fill(area, token('bg'), 0.55)
  stripes(area, { color: token('edge'), alpha: 0.4, gap: 12, slope: 1 })
  edges(area, token('edge'), [3, 3])
}

function fill({ ctx, left, right, height }: Area, color: string, alpha: number): void {
  within(ctx, alpha, () => {
    ctx.fillStyle = color
    ctx.fillRect(left, 0, right - left, height)
  })
}

interface Stripes {
  readonly color: string
  readonly alpha: number
  readonly gap: number
  /** 1 falls to the right, -1 rises, 0 stands upright */
  readonly slope: -1 | 0 | 1
}

/** Lines that go on from panel to panel: each is placed from the top of the whole drawing. */
function stripes(area: Area, { color, alpha, gap, slope }: Stripes): void {
  const { ctx, left, right, height, shift, ratio } = area
  within(ctx, alpha, () => {
    ctx.beginPath()
    ctx.rect(left, 0, right - left, height)
    ctx.clip()
    ctx.strokeStyle = color
    ctx.lineWidth = ratio
    const step = gap * ratio
    const [first, last] = [left - shift - height - step, right + shift + height + step]
    ctx.beginPath()
    for (let x = Math.floor(first / step) * step; x <= last; x += step) {
      ctx.moveTo(x + slope * shift, 0)
      ctx.lineTo(x + slope * (shift + height), height)
    }
    ctx.stroke()
  })
}

function dots({ ctx, left, right, height, shift, ratio }: Area, color: string): void {
  const step = 8 * ratio
  within(ctx, 0.45, () => {
    ctx.fillStyle = color
    for (let y = step / 2 - (shift % step); y < height; y += step)
      for (let x = left + step / 4; x < right; x += step) {
        ctx.beginPath()
        ctx.arc(x, y, 0.9 * ratio, 0, 2 * Math.PI)
        ctx.fill()
      }
  })
  fill({ ctx, left, right, height, shift, ratio }, color, 0.05)
}

function edges({ ctx, left, right, height, ratio }: Area, color: string, dash: readonly number[]): void {
  within(ctx, 1, () => {
    ctx.strokeStyle = color
    ctx.lineWidth = ratio
    ctx.setLineDash(dash.map((length) => length * ratio))
    ctx.beginPath()
    for (const x of [left, right]) {
      ctx.moveTo(x, 0)
      ctx.lineTo(x, height)
    }
    ctx.stroke()
  })
}

function within(ctx: CanvasRenderingContext2D, alpha: number, draw: () => void): void {
  ctx.save()
  ctx.globalAlpha *= alpha
  draw()
  ctx.restore()
}
