import { EMPTY, type Sample, type Second, type Stretch } from './sample.ts'

/** A phase in slices. What is left over at its end is none; where it is bad, a whole slice might have been. */
export interface Sliced {
  readonly stretch: Stretch
  readonly rest: Second
}

/** The whole slices of each stretch, in time order. */
export function slicesOf({ stretches, atomMs }: Sample, lengthMs: number): Sliced[] {
  const atoms = Math.max(1, Math.round(lengthMs / atomMs))
  return (stretches ?? []).map(({ phase, faulted, seconds }) => {
    const whole = Math.floor(seconds.length / atoms)
    const slices = Array.from({ length: whole }, (_, n) => added(seconds.slice(n * atoms, (n + 1) * atoms)))
    return { stretch: { phase, faulted, seconds: slices }, rest: added(seconds.slice(whole * atoms)) }
  })
}

/** OpenSLO's Timeslices: each slice with events in it is one event, good when its good ratio reaches the target. */
export function sampleOfSlices(
  sample: Sample,
  { lengthMs, targetRatio }: { lengthMs: number; targetRatio: number },
): Sample {
  const stretches = slicesOf(sample, lengthMs).map(({ stretch, rest }) => ({
    ...stretch,
    seconds: [
      ...stretch.seconds.map((slice) => sliceOf(slice, targetRatio)),
      ...(sliceOf(rest, targetRatio).bad === 0 ? [] : [PERHAPS_BAD]),
    ],
  }))
  const all = added(stretches.flatMap(({ seconds }) => seconds))
  const note = all.events === 0 ? sample.note || 'Its phases are shorter than one slice.' : sample.note
  return {
    ...EMPTY,
    ...{ events: all.events, bad: { most: all.bad, least: all.least }, stretches, atomMs: lengthMs, note },
  }
}

const PERHAPS_BAD: Second = { events: 1, bad: 1, least: 0 }

function sliceOf({ events, bad, least }: Second, targetRatio: number): Second {
  const misses = (count: number): number => (1 - count / events < targetRatio - 1e-12 ? 1 : 0)
  return events === 0 ? { events, bad: 0, least: 0 } : { events: 1, bad: misses(bad), least: misses(least) }
}

const added = (seconds: readonly Second[]): Second => ({
  events: seconds.reduce((sum, one) => sum + one.events, 0),
  bad: seconds.reduce((sum, one) => sum + one.bad, 0),
  least: seconds.reduce((sum, one) => sum + one.least, 0),
})
