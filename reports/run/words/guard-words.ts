import type { MachineLimits, PlannedAlert, PlannedGuard } from '../plan.ts'
import { bytes, duration, percent } from './words.ts'

/** When a guard ends the run, in words: `when search burns its budget 50 times too fast for 5 s`. */
export function guardWords(guard: PlannedGuard): string {
  const { experiment } = guard
  return `${experiment === undefined ? '' : `while ${experiment} is on, `}when ${conditionOf(guard)}`
}

function conditionOf(guard: PlannedGuard): string {
  if ('probe' in guard)
    return `${guard.probe.name} does not hold for ${duration(guard.forMs)} (${guard.probe.expects})`
  if ('machine' in guard) return `this machine has ${lackWords(guard.machine)} for ${duration(guard.forMs)}`
  const { objective, burnRate, forMs = 0 } = guard
  return burnRate === undefined
    ? `${objective} is being violated`
    : `${objective} burns its budget ${burnRate} times too fast for ${duration(forMs)}`
}

function lackWords({
  memoryFreeAtLeastBytes: memory,
  diskFreeAtLeastBytes: disk,
  processorWaitAtMostRatio: wait,
}: MachineLimits): string {
  return [
    ...(memory === undefined ? [] : [`less than ${bytes(memory)} of memory free`]),
    ...(disk === undefined ? [] : [`less than ${bytes(disk)} of disk free`]),
    ...(wait === undefined
      ? []
      : [`gauntlet waiting for a processor for more than ${percent(wait)} of the time`]),
  ].join(', or ')
}

/** SRE Workbook, "Alerting on SLOs": the short window is a twelfth of the long one. */
export const SHORT_WINDOW_SHARE = 1 / 12

/** `the alert on search (burn rate 14.4 over 1 h and 5 min)` */
export function alertWords({ objective, burnRate, overMs }: PlannedAlert): string {
  return `the alert on ${objective} (burn rate ${burnRate} over ${duration(overMs)} and ${duration(overMs * SHORT_WINDOW_SHARE)})`
}

/** When it must fire, in words. */
export function alertDueWords(alert: PlannedAlert): string {
  const { withinMs } = alert
  const due = withinMs === undefined ? 'while the fault is on' : `within ${duration(withinMs)}`
  return `${alertWords(alert)} must fire ${due}`
}
