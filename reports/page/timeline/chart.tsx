import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Timeline } from '../page-data.ts'
import { Keys } from './keys.tsx'
import { Lanes, lettersFor } from './lanes.tsx'
import { type Layout, layoutFor, secondAt, xOf } from './layout.ts'
import { Panel, panelPx } from './panel.tsx'
import { type PanelSpec, panelSpecs } from './panels.ts'
import { inWords, type Readout, readSecond } from './readout.ts'

const HINT = 'Point at the chart, or focus it and use the arrow keys, to read one second.'
const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10 }

export function Chart({ timeline }: { timeline: Timeline }) {
  const plot = useRef<HTMLDivElement>(null)
  const width = useWidth(plot)
  const [second, setSecond] = useState<number | null>(null)
  const specs = useMemo(() => panelSpecs(timeline), [timeline])
  const layout = useMemo(() => layoutFor(width, timeline.seconds), [width, timeline])
  const letters = useMemo(() => lettersFor(timeline, layout), [timeline, layout])
  const read = second === null ? null : readSecond(timeline, specs, second)

  const point = (event: PointerEvent) => {
    const box = plot.current?.getBoundingClientRect()
    if (box) setSecond(secondAt(layout, event.clientX - box.left))
  }
  const step = (event: KeyboardEvent) => {
    const next = secondAfter(event.key, second, timeline.seconds)
    if (next === null) return
    event.preventDefault()
    setSecond(next)
  }
  return (
    <div class="timeline">
      <ReadoutLine read={read} />
      <div
        ref={plot}
        class="plot"
        // A slider that sets nothing: screen readers hand it the arrow keys and speak its value.
        role="slider"
        aria-label={`Requests, latency and errors, second by second. ${HINT}`}
        aria-valuemin={0}
        aria-valuemax={timeline.seconds - 1}
        aria-valuenow={second ?? 0}
        aria-valuetext={read === null ? 'no second chosen' : inWords(read)}
        tabIndex={0}
        onPointerMove={point}
        onPointerLeave={() => setSecond(null)}
        onKeyDown={step}
      >
        {width > 0 && <Drawing timeline={timeline} layout={layout} specs={specs} letters={letters} />}
        {second !== null && <div class="cursor" style={{ left: `${xOf(layout, second * 1000 + 500)}px` }} />}
      </div>
      <Keys timeline={timeline} letters={letters} />
    </div>
  )
}

interface DrawingProps {
  readonly timeline: Timeline
  readonly layout: Layout
  readonly specs: readonly PanelSpec[]
  readonly letters: ReadonlyMap<string, string>
}

function Drawing({ timeline, layout, specs, letters }: DrawingProps) {
  const tops = specs.map((_, index) =>
    specs.slice(0, index).reduce((sum, spec) => sum + panelPx(spec, layout), 0),
  )
  return (
    <>
      <Lanes timeline={timeline} layout={layout} letters={letters} />
      {specs.map((spec, index) => (
        <Panel
          key={spec.title}
          spec={spec}
          timeline={timeline}
          layout={layout}
          topPx={tops[index] ?? 0}
          isLast={index === specs.length - 1}
        />
      ))}
    </>
  )
}

function ReadoutLine({ read }: { read: Readout | null }) {
  if (read === null) return <div class="readout">{HINT}</div>
  return (
    <div class="readout">
      <b>{read.when}</b> {read.phase}
      {read.figures.length === 0 && ` · ${read.nothing}`}
      {read.figures.map(({ name, said }) => (
        <span key={name}>
          {' '}
          · {name} <b>{said}</b>
        </span>
      ))}
    </div>
  )
}

/** The second a key leads to; null when the key is not ours. */
function secondAfter(key: string, second: number | null, seconds: number): number | null {
  if (key === 'Home') return 0
  if (key === 'End') return seconds - 1
  const by = STEPS[key]
  if (by === undefined) return null
  return second === null ? 0 : Math.min(seconds - 1, Math.max(0, second + by))
}

function useWidth(element: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    const { current } = element
    if (current === null) return
    const measure = () => setWidth(current.clientWidth)
    const observer = new ResizeObserver(measure)
    observer.observe(current)
    measure()
    return () => observer.disconnect()
  }, [])
  return width
}
