import { GauntletError } from '../../../reports/run/index.ts'
import { percent } from '../../../reports/run/words.ts'
import { type Disturbance, type MeasuredRun, measuredRun } from './measured-run.ts'
import type { Scene } from './scene.ts'

/** With more of the processors taken by others a generator may rightly say that it was starved. */
const MOST_OTHER_WORK = 0.1
const TRIES = 3

/**
 * A run whose generator is not starved, by what the machine says of all other programs. It is made again, whatever its
 * verdict, when others took too much.
 */
export async function healthyRun(plan: string, scene: Scene, disturb?: Disturbance): Promise<MeasuredRun> {
  let otherWork = 0
  for (let tried = 0; tried < TRIES; tried += 1) {
    const run = await measuredRun(plan, scene, disturb)
    if (run.otherWorkRatio <= MOST_OTHER_WORK) return run
    otherWork = run.otherWorkRatio
  }
  throw new GauntletError(
    'MACHINE_BUSY',
    `other programs took ${percent(otherWork)} of the processors; ${percent(MOST_OTHER_WORK)} may be`,
    { exit: 'machinery', hint: 'run this when nothing else runs; what was done is kept' },
  )
}
