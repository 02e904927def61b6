import type { Control, TargetProcess } from '../../reports/run/index.ts'
import type { FaultScene, UndoProof } from './fault-kind.ts'
import { holdsWithin, inTime } from './holds-within.ts'
import { isReady } from './process-kill.ts'

/** The process of that name if it is ready now. */
export async function readyProcess(name: string, control: Control): Promise<TargetProcess | undefined> {
  const { processes } = await control.describe()
  return processes.find((one) => one.name === name && isReady(one))
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
