import type { FaultSpan, Mark, Timeline } from '../page-data.ts'
import { faultRows, rowsOf } from './fault-rows.ts'
import { boxOf, type Layout, textWidth } from './layout.ts'
import { MARK_PX, markRows } from './mark-rows.ts'
import { PhaseBox, PhaseName } from './phase-lane.tsx'

const ROW_PX = 24

interface LanesProps {
  readonly timeline: Timeline
  readonly layout: Layout
  /** names that found no room on the chart, with the letter that stands for them */
  readonly letters: ReadonlyMap<string, string>
}

function lanesPx({ faults, marks }: Timeline, layout: Layout): number {
  const marksPx = marks.length > 0 ? 11 + markRows(marks, layout).length * MARK_PX : 0
  return 28 + rowsOf(faults) * ROW_PX + marksPx
}

/** Phases, faults and the numbered moments, above the panels and on the same axis. */
export function Lanes({ timeline, layout, letters }: LanesProps) {
  const height = lanesPx(timeline, layout)
  return (
    <svg width={layout.width} height={height} viewBox={`0 0 ${layout.width} ${height}`} aria-hidden="true">
      <Stripes />
      {!layout.isNarrow && <LaneName y={15} layout={layout} name="phase" />}
      {timeline.phases.map((phase) => (
        <PhaseBox key={phase.name} phase={phase} layout={layout} endMs={endMsOf(timeline)} />
      ))}
      {timeline.phases.map((phase) => (
        <PhaseName
          key={phase.name}
          phase={phase}
          layout={layout}
          endMs={endMsOf(timeline)}
          letter={letters.get(phase.name)}
        />
      ))}
      {!layout.isNarrow && timeline.faults.length > 0 && <LaneName y={43} layout={layout} name="fault" />}
      {faultRows(timeline.faults).map(({ fault, row }) => (
        <Fault
          key={`${fault.experiment} ${fault.fromMs}`}
          fault={fault}
          layout={layout}
          y={28 + row * ROW_PX}
          bearsName={isFirst(fault, timeline)}
          letter={letters.get(fault.experiment)}
        />
      ))}
      <Marks marks={timeline.marks} layout={layout} y={28 + rowsOf(timeline.faults) * ROW_PX} />
    </svg>
  )
}

/** Where the run ended before its plan did; otherwise never. */
const endMsOf = ({ gaps }: Timeline): number =>
  gaps.find(({ why }) => why !== 'gap')?.fromMs ?? Number.POSITIVE_INFINITY

function Stripes() {
  return (
    <defs>
      <pattern
        id="fault-stripes"
        width="7"
        height="7"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect width="7" height="7" fill="var(--band)" opacity=".10" />
        <path d="M0 0V7" stroke="var(--band)" stroke-width="1.6" opacity=".38" />
      </pattern>
    </defs>
  )
}

function LaneName({ y, layout, name }: { y: number; layout: Layout; name: string }) {
  return (
    <text class="lane" x={layout.left - 8} y={y} text-anchor="end">
      {name}
    </text>
  )
}

interface FaultProps {
  readonly fault: FaultSpan
  readonly layout: Layout
  readonly y: number
  readonly letter: string | undefined
  readonly bearsName: boolean
}

function Fault({ fault, layout, y, letter, bearsName }: FaultProps) {
  const { x, width } = boxOf(layout, fault)
  const { experiment, planned } = fault
  const name = bearsName ? firstName(fault, letter) : `${fault.number}`
  const inside = textWidth(name) < width
  const right = x + width + textWidth(name) < layout.width
  const at = inside ? x + width / 2 : right ? x + width + 8 : x - 8
  return (
    <g
      data-band={experiment}
      data-planned={planned}
      data-from-ms={fault.fromMs}
      data-to-ms={fault.toMs}
      data-from-px={x}
      data-to-px={x + width}
    >
      <rect
        x={x}
        y={y + 2}
        width={Math.max(1, width)}
        height="18"
        rx="2"
        fill="url(#fault-stripes)"
        stroke="var(--band)"
        stroke-dasharray={planned ? '3 3' : 'none'}
      />
      {inside && (
        <rect
          x={at - textWidth(name) / 2 + 2}
          y={y + 4}
          width={textWidth(name) - 4}
          height="14"
          rx="2"
          fill="var(--bg)"
        />
      )}
      {(inside || bearsName) && (
        <text x={at} y={y + 15} text-anchor={inside ? 'middle' : right ? 'start' : 'end'}>
          {name}
        </text>
      )}
    </g>
  )
}

/** Of several faults of an experiment the first bears its name; a later one its number, where that finds room. */
const isFirst = (fault: FaultSpan, { faults }: Timeline): boolean =>
  faults.find(({ experiment }) => experiment === fault.experiment) === fault

const firstName = ({ experiment, number }: FaultSpan, letter = experiment): string =>
  number === undefined ? letter : `${letter} ${number}`

function Marks({ marks, layout, y }: { marks: readonly Mark[]; layout: Layout; y: number }) {
  // The lowest row first: a line to it passes behind what stands above it.
  return markRows(marks, layout)
    .map((placed, row) => placed.map((mark) => ({ ...mark, top: y + row * MARK_PX })))
    .reverse()
    .flat()
    .map(({ atMs, text, number, wanted, x, top }) => (
      <g key={`${atMs} ${text}`} data-mark={text} data-at-ms={atMs}>
        <path d={`M${wanted} ${y - 2}L${x} ${top + 6}`} stroke="var(--edge)" fill="none" />
        <circle cx={x} cy={top + 13} r="8" fill="var(--bg)" stroke="var(--edge)" />
        <text class="number" x={x} y={top + 16.5} text-anchor="middle">
          {number}
        </text>
      </g>
    ))
}

/** A name that does not fit becomes a letter and moves to the key. */
export function lettersFor(timeline: Timeline, layout: Layout): ReadonlyMap<string, string> {
  const { phases, faults } = timeline
  const noRoom = phases.filter((phase) => textWidth(phase.name) > boxOf(layout, phase).width)
  const letters = new Map(
    noRoom.map(({ name }, index) => [name, String.fromCharCode(97 + (index % 26))] as const),
  )
  for (const fault of faults.filter((one) => isFirst(one, timeline)))
    if (!hasRoom(fault, layout)) letters.set(fault.experiment, String.fromCharCode(97 + (letters.size % 26)))
  return letters
}

/** A fault's name may also stand beside its band. */
function hasRoom(fault: FaultSpan, layout: Layout): boolean {
  const { x, width } = boxOf(layout, fault)
  const needed = textWidth(firstName(fault))
  return needed < width || x + width + needed < layout.width || x - needed > 0
}
