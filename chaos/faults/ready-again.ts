import type { Control, TargetProcess } from '../../reports/run/index.ts'
import type { FaultScene, UndoProof } from './fault-kind.ts'
import { holdsWithin, inTime } from './holds-within.ts'

/**
 * A target that tells no state has nothing better to say than that the process is there. One that tells it late may call
 * ready for a moment what was killed, without a pid.
 */
export function isReady({ state, pid }: TargetProcess): boolean {
  return pid !== undefined && (state === undefined || state === 'ready')
}

/** The process of that name if it is ready now. */
export async function readyProcess(name: string, control: Control): Promise<TargetProcess | undefined> {
  const { processes } = await control.describe()
  return processes.find((one) => one.name === name && isReady(one))
}

/** The undo of what was stopped or killed, and what came of it in words. */
export async function toldToRun(
  name: string,
  { control, takeBack }: Pick<FaultScene, 'control' | 'takeBack'>,
): Promise<string> {
  const failure = await takeBack(control.runRequest(name, 'running'))
  return failure === undefined
    ? 'the platform was told to run it'
    : `the platform did not take it that it shall run: ${failure}`
}

/** Looks until the platform has a process of that name that is ready. */
export async function readyAgain(
  name: string,
  limitMs: number,
  { control, context }: Pick<FaultScene, 'control' | 'context'>,
): Promise<UndoProof> {
  let ready: TargetProcess | undefined
  const isUp = async (): Promise<boolean> => {
    ready = await readyProcess(name, control)
    return ready !== undefined
  }
  const normal = await holdsWithin(limitMs, isUp, context.clock)
  const late = `no ${name} is ready ${inTime(limitMs)}`
  return { normal, seen: normal ? `${name} (pid ${ready?.pid}) is ready` : late }
}
