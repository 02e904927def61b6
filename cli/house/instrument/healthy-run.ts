import { setTimeout as pause } from 'node:timers/promises'
import { GauntletError } from '../../../reports/run/index.ts'
import { type Disturbance, type MeasuredRun, measuredRun } from './measured-run.ts'
import { MOST_OTHER_WORK, otherWorkWords, watchOtherWork } from './other-work.ts'
import type { Scene } from './scene.ts'

const LOOK_MS = 2_000

export interface HealthyRun {
  readonly plan: string
  /** none: nothing is done to it */
  readonly disturb?: Disturbance
  /** how long to wait for others to rest, the runs beside which they did not included */
  readonly patienceMs: number
}

/**
 * A run whose generator is not starved, by what the machine says of all other programs. It is made again, whatever its
 * verdict, when others took too much.
 */
export async function healthyRun(
  { plan, disturb, patienceMs }: HealthyRun,
  scene: Scene,
): Promise<MeasuredRun> {
  const until = performance.now() + patienceMs
  let otherWork = 0
  do {
    otherWork = await otherWorkNow(scene.interrupted)
    if (otherWork > MOST_OTHER_WORK) continue
    const run = await measuredRun(plan, scene, disturb)
    if (run.otherWorkRatio <= MOST_OTHER_WORK) return run
    otherWork = run.otherWorkRatio
  } while (performance.now() < until)
  throw new GauntletError('MACHINE_BUSY', otherWorkWords(otherWork), {
    exit: 'machinery',
    hint: 'run this when nothing else runs; what was done is kept',
  })
}

async function otherWorkNow(interrupted: AbortSignal): Promise<number> {
  const work = watchOtherWork()
  await pause(LOOK_MS)
  interrupted.throwIfAborted()
  return work.ratio()
}
