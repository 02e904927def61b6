import { GauntletError, type ProcessIdentity } from '../../../../reports/run/index.ts'
import type { SlowDiskWanted } from './model.ts'
import { lookHere, planSlowDisk, type SlowDiskPlan, slowDown, takeBack } from './slow-disk/index.ts'
import type { Stressor } from './stressor.ts'

export interface SlowDiskEdges {
  readonly runId: string
  /** whether this very process lives */
  readonly isAlive: (process: ProcessIdentity) => boolean
}

/** Slows down the disk of one process. The one thing here that is not gone with us: see takeBackLeft. */
export function slowDiskStressor({ runId, isAlive }: SlowDiskEdges): Stressor<SlowDiskWanted> {
  let on: SlowDiskPlan | undefined
  return {
    hold: async (wanted) => {
      const plan = planSlowDisk({ ...wanted, runId }, lookHere)
      if (!plan.possible) throw refused(plan.reason)
      if (!isAlive(wanted)) throw refused(`process ${wanted.pid} is gone, or another one by now`)
      on = plan
      await slowDown(plan)
    },
    letGo: async () => {
      if (on !== undefined) await takeBack(on)
      on = undefined
    },
  }
}

function refused(reason: string): GauntletError {
  return new GauntletError('STRESS_SLOW_DISK', `the disk cannot be slowed down: ${reason}`)
}
