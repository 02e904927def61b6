import { useLayoutEffect, useRef } from 'preact/hooks'
import uPlot from 'uplot'
import { clock } from '../../run/words/words.ts'
import type { Timeline } from '../page-data.ts'
import { onTheme, token } from '../theme.ts'
import { drawBands } from './bands.ts'
import { drawLabels } from './labels.ts'
import { type Layout, secondTicks } from './layout.ts'
import type { Line, PanelSpec } from './panels.ts'

const GAP_PX = 14
const X_AXIS_PX = 22
const FONT = '11px Inter, "Segoe UI", system-ui, sans-serif'

export interface PanelProps {
  readonly spec: PanelSpec
  readonly timeline: Timeline
  readonly layout: Layout
  /** how far below the first panel it begins */
  readonly topPx: number
  readonly isLast: boolean
}

/** On a phone the title takes a second row where it also tells the lines apart. */
function titlePx({ key }: PanelSpec, { isNarrow }: Layout): number {
  return isNarrow && key ? 44 : 24
}

export function panelPx(spec: PanelSpec, layout: Layout): number {
  return titlePx(spec, layout) + spec.heightPx + GAP_PX
}

export function Panel(props: PanelProps) {
  const host = useRef<HTMLDivElement>(null)
  const { spec, layout, timeline } = props
  useLayoutEffect(() => {
    if (host.current === null) return
    const plot = new uPlot(optionsFor(props), dataFor(spec, timeline), host.current)
    const forget = onTheme(() => plot.redraw())
    return () => {
      forget()
      plot.destroy()
    }
  }, [spec, layout, timeline])
  return (
    <div class="panel">
      <div class="panel-title" style={{ left: `${layout.isNarrow ? 0 : layout.left}px` }}>
        <b>{spec.title}</b>
        <span>{spec.about}</span>
        {layout.isNarrow && spec.key && <span class="key">{spec.key}</span>}
      </div>
      <div ref={host} aria-hidden="true" />
    </div>
  )
}

/** A point stands in the middle of its second. */
function dataFor({ lines }: PanelSpec, { seconds }: Timeline): uPlot.AlignedData {
  return [
    Array.from({ length: seconds }, (_, second) => second + 0.5),
    ...lines.map(({ values }) => [...values]),
  ]
}

function optionsFor({ spec, timeline, layout, topPx, isLast }: PanelProps): uPlot.Options {
  const heightPx = panelPx(spec, layout)
  const bands = {
    ...{ timeline, layout, topPx, ratio: uPlot.pxRatio },
    // Below the last panel stands the axis, which no band covers.
    heightPx: isLast ? heightPx - GAP_PX : heightPx,
  }
  return {
    width: layout.width,
    height: isLast ? heightPx - GAP_PX + X_AXIS_PX : heightPx,
    padding: [titlePx(spec, layout), layout.right, isLast ? 0 : GAP_PX, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false, range: [0, layout.seconds] }, y: { range: [0, spec.max] } },
    axes: [xAxis(layout, isLast), yAxis(spec, layout)],
    series: [{}, ...spec.lines.map(seriesFor)],
    hooks: {
      drawClear: [({ ctx }) => drawBands(ctx, bands)],
      draw: [(plot) => drawLabels(plot, { spec, timeline, layout, font: FONT })],
    },
  }
}

function xAxis(layout: Layout, show: boolean): uPlot.Axis {
  return {
    show,
    size: X_AXIS_PX,
    font: FONT,
    stroke: () => token('muted'),
    grid: { show: false },
    border: { show: true, width: 1, stroke: () => token('edge') },
    ticks: { size: 5, width: 1, stroke: () => token('edge') },
    gap: 2,
    splits: secondTicks(layout),
    values: (_, splits) => splits.map((second) => clock(second * 1000)),
  }
}

function yAxis({ ticks, say, sayTick = say }: PanelSpec, { left }: Layout): uPlot.Axis {
  return {
    size: left,
    font: FONT,
    gap: 8,
    stroke: () => token('muted'),
    grid: { width: 1, stroke: () => token('line') },
    ticks: { show: false },
    splits: [...ticks],
    values: (_, splits) => splits.map((value) => (value === 0 ? '0' : sayTick(value))),
  }
}

function seriesFor(line: Line): uPlot.Series {
  const color = () => token(line.color)
  const base = { stroke: color, width: line.width, spanGaps: false }
  const bars = line.bars && uPlot.paths.bars?.({ size: [0.8, 60, 2] })
  if (bars) return { ...base, fill: color, paths: bars, points: { show: false } }
  return {
    ...base,
    ...(line.dash && { dash: [...line.dash] }),
    points: { show: true, size: 4, fill: color, filter: aloneIn(line.values) },
  }
}

/** A second with nothing known on either side would be an invisible line: it is drawn as a point. */
function aloneIn(values: Line['values']): uPlot.Series.Points.Filter {
  return values.flatMap((value, second) =>
    value !== null && values[second - 1] == null && values[second + 1] == null ? [second] : [],
  )
}
