import { moment } from '../../run/words/words.ts'
import type { Timeline } from '../page-data.ts'

interface KeysProps {
  readonly timeline: Timeline
  readonly letters: ReadonlyMap<string, string>
}

/** What the letters, numbers and patterns of the chart mean, with times. */
export function Keys({ timeline, letters }: KeysProps) {
  const notJudged = new Set(timeline.phases.filter(({ judged }) => !judged).map(({ name }) => name))
  const { marks, audits, taints, gaps } = timeline
  if ([...letters, ...marks, ...audits, ...taints, ...gaps].length === 0) return null
  return (
    <ul class="keys">
      {[...letters].map(([name, letter]) => (
        <li key={name}>
          <b>{letter}</b> {name}
          {notJudged.has(name) && ', not judged'}
        </li>
      ))}
      {timeline.marks.map(({ atMs, text }, index) => (
        <li key={`${atMs} ${text}`}>
          <span class="number-mark">{index + 1}</span> {text} <b>{moment(atMs)}</b>
        </li>
      ))}
      {timeline.audits.length > 0 && <Swatch name="page audits" pattern="dots" />}
      {timeline.taints.length > 0 && <Swatch name="tainted" pattern="upright" />}
      {timeline.gaps.map(({ fromMs, toMs, why }) => (
        <Swatch
          key={fromMs}
          name={why === 'gap' ? `no data from ${moment(fromMs)} to ${moment(toMs)}` : why}
          pattern="falling"
        />
      ))}
    </ul>
  )
}

const SWATCH = {
  dots: 'M3 3h.1M9 3h.1M15 3h.1M6 9h.1M12 9h.1',
  upright: 'M5 2v8M9 2v8M13 2v8',
  falling: 'M-3 0l12 12M4 0l12 12M11 0l12 12',
} as const

const COLOR = { dots: 'var(--audit)', upright: 'var(--invalid)', falling: 'var(--edge)' } as const

function Swatch({ name, pattern }: { name: string; pattern: keyof typeof SWATCH }) {
  return (
    <li>
      <svg width="18" height="12" aria-hidden="true">
        <rect x=".5" y=".5" width="17" height="11" fill="none" stroke="var(--edge)" stroke-dasharray="3 3" />
        <path d={SWATCH[pattern]} stroke={COLOR[pattern]} stroke-width="1.5" stroke-linecap="round" />
      </svg>
      {name}
    </li>
  )
}
