import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { type Clock, type Target, UNKNOWN_TARGET } from '../../reports/run/index.ts'
import { type FakeOptions, fakeContext } from '../../reports/run/testing.ts'
import type { PlannedProbe } from './planned-probe.ts'
import { type Probe, probeMistakes, toPlannedProbe } from './probe.ts'
import type { ProbeScene } from './probe-kind.ts'

/** A probe of a file, as a run has it; one with mistakes makes its test fail. */
export function planned(probe: Omit<Probe, 'name'>): PlannedProbe {
  const named = { name: 'probe', ...probe }
  const mistakes = probeMistakes(named)
  if (mistakes.length > 0) throw new Error(JSON.stringify(mistakes))
  return toPlannedProbe(named)
}

interface Mistake {
  readonly path: readonly (string | number)[]
  readonly message: string
}

/** Of what is wrong in one thing there is one mistake, there, and it says so. */
export function assertOneMistake(
  [mistake, ...more]: readonly Mistake[],
  path: string,
  message: RegExp,
): void {
  assert.deepEqual([mistake?.path.join('.'), more], [path, []])
  assert.match(mistake?.message ?? '', message)
}

export function targetWith(parts: Partial<Target> = {}): Target {
  return { ...UNKNOWN_TARGET, name: 'fixture', version: '1', ...parts }
}

export function sceneWith(parts: Partial<ProbeScene> = {}, options: FakeOptions = {}) {
  const { context, recorded } = fakeContext(options)
  const scene: ProbeScene = { target: targetWith(), control: undefined, context, ...parts }
  return { scene, recorded }
}

/** For what opens real sockets: a faked clock would not move while they wait. */
export const realClock: Clock = {
  nowUs: () => Math.round((performance.timeOrigin + performance.now()) * 1000),
  wait: (ms, signal) => pause(ms, undefined, signal === undefined ? {} : { signal }),
}
