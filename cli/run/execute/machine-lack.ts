import { bytes, type MachineLimits, percent } from '../../../reports/run/index.ts'
import type { MachineHealth } from '../../process/machine-health.ts'

export interface HealthReading {
  readonly atUs: number
  readonly health: MachineHealth
}

/** What a machine lacks of these limits between two readings, in words; empty when it lacks nothing. */
export function lackOf(limits: MachineLimits, before: HealthReading, now: HealthReading): string {
  const { memoryFreeBytes, diskFreeBytes } = now.health
  return [
    tooLittle('memory', memoryFreeBytes, limits.memoryFreeAtLeastBytes),
    tooLittle('disk', diskFreeBytes, limits.diskFreeAtLeastBytes),
    waitedTooLong(waitRatio(before, now), limits.processorWaitAtMostRatio),
  ]
    .filter((lack) => lack !== '')
    .join(', ')
}

/** What cannot be read is no proof that there is enough of it. */
function tooLittle(what: string, free: number | null, atLeast: number | undefined): string {
  if (atLeast === undefined) return ''
  if (free === null) return `nobody tells how much ${what} is free`
  return free >= atLeast ? '' : `${bytes(free)} of ${what} free, less than ${bytes(atLeast)}`
}

function waitedTooLong(ratio: number | null, atMost: number | undefined): string {
  if (atMost === undefined) return ''
  if (ratio === null) return 'nobody tells how long gauntlet waits for a processor'
  return ratio <= atMost
    ? ''
    : `gauntlet waited ${percent(ratio)} of the time for a processor, more than ${percent(atMost)}`
}

function waitRatio(before: HealthReading, now: HealthReading): number | null {
  const [from, to] = [before.health.processorWaitMs, now.health.processorWaitMs]
  const lastedMs = (now.atUs - before.atUs) / 1000
  return from === null || to === null || lastedMs <= 0 ? null : Math.max(0, to - from) / lastedMs
}
