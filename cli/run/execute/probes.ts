import type {
  Control,
  Plan,
  ProbeSample,
  ProcessIdentity,
  RunContext,
  Target,
} from '../../../reports/run/index.ts'
import { isAlive } from '../../process/identity.ts'
import { isResource, type Resource, readResource } from '../../process/resources.ts'
import { probesOf, splitProbe } from '../plan/probe-names.ts'
import { aborted } from './aborted.ts'
import { untilStopped } from './until-stopped.ts'

export interface ProbeReading {
  readonly plan: Plan
  /** by it a process that is gone is found again */
  readonly control: Control
  /** second 0 */
  readonly zeroUs: number
}

/** Reads once a second what the plan's objectives ask, from now until it is stopped. */
export function startProbes(reading: ProbeReading, context: RunContext): { stop(): Promise<void> } {
  const processes = new Map<string, Resource[]>()
  for (const { process, metric } of probesOf(reading.plan.objectives).map(splitProbe))
    if (isResource(metric)) processes.set(process, [...(processes.get(process) ?? []), metric])
  // each for itself: the target is asked again while a process is gone, and the others do not wait for its answer
  return untilStopped(
    (until) => [...processes].map(([name, resources]) => follow({ ...reading, name, resources }, until)),
    context,
  )
}

interface Followed extends ProbeReading {
  readonly name: string
  readonly resources: readonly Resource[]
}

async function follow({ name, resources, ...reading }: Followed, context: RunContext): Promise<void> {
  const ended = aborted(context.signal)
  let process = processIn(reading.plan.target, name)
  for await (const _ of middlesOfSeconds(reading.zeroUs, context)) {
    if (process === undefined || !isAlive(process))
      process = await Promise.race([processNow(name, reading.control), ended])
    if (context.signal.aborted) return
    for (const resource of resources) {
      const value = process === undefined ? null : readResource(process, resource)
      const what = { probe: `${name}/${resource}`, atUs: context.clock.nowUs(), value }
      const sample: ProbeSample = { schema: 'gauntlet/probe/1', ...what }
      await context.record.evidence('probes.ndjson', sample)
    }
  }
}

/** Until the signal aborts: so that no reading lies on the bound of a phase, nor two in one second. */
async function* middlesOfSeconds(zeroUs: number, { clock, signal }: RunContext): AsyncGenerator<number> {
  const secondNow = (): number => Math.floor((clock.nowUs() - zeroUs) / 1e6)
  for (let second = secondNow(); ; second = secondNow() + 1) {
    const dueUs = zeroUs + (second + 0.5) * 1e6
    await clock.wait(Math.max(0, (dueUs - clock.nowUs()) / 1000), signal).catch(() => {})
    if (signal.aborted) return
    yield second
  }
}

function processIn(target: Target, name: string): ProcessIdentity | undefined {
  const { pid, startedAt } = target.processes.find((one) => one.name === name) ?? {}
  return pid === undefined || startedAt === undefined ? undefined : { pid, startedAt }
}

/** By its name: it may have been started again with another pid. */
async function processNow(name: string, control: Control): Promise<ProcessIdentity | undefined> {
  const target = await control.describe().catch(() => undefined)
  return target && processIn(target, name)
}
