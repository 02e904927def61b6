export { askProbe, type ProbeAnswer, probeInWords, whyProbeOutOfReach } from './ask.ts'
export { exchange } from './kinds/http-exchange.ts'
export { PlannedProbe, Tolerance } from './planned-probe.ts'
export { Probe, probeMistakes, toPlannedProbe } from './probe.ts'
export {
  type AskObjective,
  type Mistake,
  type OpenedSource,
  type ProbeScene,
  SomeTime,
  type Surroundings,
} from './probe-kind.ts'
export { firstInARow, type Reading, type WatchOptions, watchProbe } from './watch.ts'
