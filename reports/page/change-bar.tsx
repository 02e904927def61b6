import type { ChangeVerdict, ComparedFigure } from '../run/comparison.ts'
import { amount, changeWords } from '../run/words/comparison-words.ts'
import type { ShapeName } from './shape.tsx'

export const SHAPE_OF: Readonly<Record<ChangeVerdict, ShapeName>> = {
  'no-regression': 'met',
  regression: 'violated',
  inconclusive: 'inconclusive',
}

/** The limit stands where the target of a promise does, and three times the limit fits on either side of no change. */
const [UNCHANGED_PERCENT, LIMIT_PERCENT] = [45, 60]
/** What lies further out stands here, and leaves room for the mark that says so. */
const [LEFT_EDGE_PERCENT, RIGHT_EDGE_PERCENT] = [5, 92]

type OnScale = (change: number) => number

const scaleOf =
  ({ tolerance }: ComparedFigure): OnScale =>
  (change) => {
    const at = UNCHANGED_PERCENT + (change / tolerance) * (LIMIT_PERCENT - UNCHANGED_PERCENT)
    return Math.min(RIGHT_EDGE_PERCENT, Math.max(LEFT_EDGE_PERCENT, at))
  }

/** A dot for each pair of blocks; below them the change with its interval, against the greatest that is no regression. */
export function ChangeBar({ figure }: { figure: ComparedFigure }) {
  const { change, low, high, byPair, verdict, tolerance, what } = figure
  if (change === null) return <div class="bar no-data" role="img" aria-label="no data" />
  const onScale = scaleOf(figure)
  const pairs = byPair.map(onScale)
  const [at, ...ends] = [change, low, high].filter((one) => one !== null).map(onScale)
  return (
    <div
      class={`change is-${SHAPE_OF[verdict]}`}
      role="img"
      aria-label={`${changeWords(figure)}, up to ${amount(tolerance, what)} is no regression`}
    >
      <div class="pair-dots">
        {pairs.map((left, pair) => (
          <span key={pair} style={{ left: `${left}%`, top: `${(pair % 4) * 3}px` }} />
        ))}
        <Beyond places={pairs} />
      </div>
      <div class="bar">
        <span class="kept" />
        <span class="unchanged" />
        <span class="target" />
        <Interval ends={ends} />
        <span class="point" style={{ left: `${at}%` }} />
        <Beyond places={[at ?? UNCHANGED_PERCENT, ...ends]} />
      </div>
    </div>
  )
}

function Interval({ ends: [from, to] }: { ends: readonly number[] }) {
  if (from === undefined || to === undefined) return null
  return <span class="interval" style={{ left: `${from}%`, width: `${to - from}%` }} />
}

function Beyond({ places }: { places: readonly number[] }) {
  return (
    <>
      {places.includes(LEFT_EDGE_PERCENT) && <span class="beyond is-left">‹</span>}
      {places.includes(RIGHT_EDGE_PERCENT) && <span class="beyond">›</span>}
    </>
  )
}

export function ChangeHead() {
  return (
    <div class="bar-head">
      <span>no regression</span>
      <span>regression</span>
    </div>
  )
}
