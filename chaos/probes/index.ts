export { askProbe, type ProbeAnswer, probeInWords, whyProbeOutOfReach } from './ask.ts'
export { asPlanned } from './asked.ts'
export { defineProbe, type OwnProbe } from './define-probe.ts'
export { exchange } from './kinds/http-exchange.ts'
export { type PlannedProbe, Tolerance } from './planned-probe.ts'
export {
  type AnyProbeKind,
  addProbeKinds,
  isPlannedProbe,
  Probe,
  probeMistakes,
  toPlannedProbe,
} from './probe.ts'
export {
  type AskableObjective,
  type AskableSource,
  type AskObjective,
  type Mistake,
  type OpenedSource,
  type OutOfReach,
  type ProbeScene,
  SomeTime,
  type Surroundings,
} from './probe-kind.ts'
export { firstInARow, type Reading, type WatchOptions, watchProbe } from './watch.ts'
