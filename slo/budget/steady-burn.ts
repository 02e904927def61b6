import type { ObjectiveBudget } from '../../reports/run/index.ts'
import { allowedRatio, decide } from '../judge/decide.ts'
import { type Distribution, type Sample, thresholdOf } from '../sources/index.ts'
import { each, UNMEASURED } from './estimates.ts'
import type { Promised } from './experience.ts'

export interface SteadyBurn {
  readonly figures: ObjectiveBudget['steady']
  /** why its bounds are not to be relied on, in sentences; empty when they are */
  readonly refusal: string
}

/** What is bad while no fault is on, judged as any sample is: a burn rate of 1 spends a window's budget in a window. */
export function steadyBurn(objective: Promised, samples: readonly Sample[]): SteadyBurn {
  const sample = together(samples.filter(({ events }) => events > 0))
  if (sample === null) {
    const nothing = { events: 0, bad: 0, badRatio: UNMEASURED, spentRatio: UNMEASURED }
    return { figures: nothing, refusal: 'Nothing was measured without a fault.' }
  }
  const allowed = allowedRatio(objective)
  const { ratio, independence } = decide(sample, allowed, thresholdOf(objective.good)?.threshold)
  const { events, bad } = sample
  return {
    figures: { events, bad: bad.most, badRatio: ratio, spentRatio: each(ratio, (burnt) => burnt / allowed) },
    refusal: independence?.refusal ? `Without faults: ${independence.refusal}` : '',
  }
}

/** Samples of several runs as one, their stretches one after the other; null when there are none. */
function together(samples: readonly Sample[]): Sample | null {
  const [first] = samples
  if (first === undefined) return null
  const sum = (count: (sample: Sample) => number): number =>
    samples.reduce((total, sample) => total + count(sample), 0)
  return {
    ...first,
    events: sum(({ events }) => events),
    bad: { most: sum(({ bad }) => bad.most), least: sum(({ bad }) => bad.least) },
    times: timesTogether(samples),
    stretches: samples.flatMap(({ stretches }) => stretches ?? []),
    beyond: first.beyond && ((limitMs) => samples.flatMap(({ beyond }) => beyond?.(limitMs) ?? [])),
  }
}

function timesTogether(samples: readonly Sample[]): Distribution | null {
  const times = samples.flatMap(({ times }) => times ?? [])
  if (times.length === 0) return null
  return {
    values: times.flatMap(({ values }) => values).sort(([a], [b]) => a - b),
    beyond: times.reduce((sum, { beyond }) => sum + beyond, 0),
    longestMs: times.reduce((longest, { longestMs }) => Math.max(longest, longestMs), 0),
  }
}
