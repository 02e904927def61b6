import { readOffset } from '../../../../chaos/drivers/local/clock/index.ts'
import { isStillHit } from '../../../../chaos/drivers/local/docker/index.ts'
import { isStillSlow, lookHere } from '../../../../chaos/drivers/local/slow-disk/index.ts'
import { type Http, type UndoStep, victimWords } from '../../../../reports/run/index.ts'
import { isStopped } from '../../../process/identity.ts'
import type { Sighting } from './sighting.ts'

/**
 * What no target tells of: a container, a clock or a limit that is as a journal's open undo found it, is ours. So is a
 * process that stands still, as no plan knows the pid of one that was found by its port.
 */
export async function seenJournaled(step: UndoStep, http: Http): Promise<Sighting[]> {
  if (step.kind === 'clock') {
    const { offsetFile } = step
    const offset = readOffset(offsetFile)
    const isOff = 'seconds' in offset && offset.seconds !== 0
    return isOff ? [{ what: `a clock is off by ${offset.seconds} s (${offsetFile})`, step }] : []
  }
  if (step.kind === 'disk') {
    const where = step.group ?? step.limits.map(({ path }) => path).join(', ')
    return isStillSlow(step, lookHere) ? [{ what: `a disk is still slow (${where})`, step }] : []
  }
  if (step.kind === 'signal') {
    const { victim } = step
    return isStopped(victim) ? [{ what: `process ${victimWords(victim)} is stopped`, step }] : []
  }
  if (step.kind !== undefined && step.kind !== 'request') return []
  const isOn = step.socketPath !== undefined && (await isStillHit(step, http))
  return isOn ? [{ what: `a container is still hit: ${step.does} has not been done`, step }] : []
}
