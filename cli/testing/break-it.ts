import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { experimentDriver, type Machine, parseExperiment, planExperiment } from '../../chaos/index.ts'
import type {
  JournalFact,
  PlannedExperiment,
  ProcessVictim,
  RunContext,
  Target,
  Undo,
} from '../../reports/run/index.ts'
import { fakeContext, until } from '../../reports/run/testing.ts'
import { createClock } from '../process/clock.ts'
import { createExec } from '../process/exec.ts'
import { startGuardian } from '../process/guardian/guardian.ts'
import { createHttp } from '../process/http.ts'
import { testRunId } from '../process/testing/place.ts'
import { dockerHost } from '../run/draft/machine.ts'
import type { SmallTarget } from './small-target.ts'

export interface BrokenBy {
  readonly manifest?: string
  /** the method in place of one manifest: each step goes on until its own end */
  readonly steps?: readonly string[]
  /** the app of which so many processes must be alive before and after it; left out: both `back` */
  readonly steady?: { readonly app: string; readonly atLeast: number }
  /** what goes on while it is on: when that is over, so is the fault, whether it was seen or not */
  readonly meanwhile?: () => Promise<void>
  /** given up as unknown so long after the fault was injected; left out: as long as the fault itself waits */
  readonly watchMs?: number
  readonly rollbackWithin?: string
  /** what the plan counts on; left out: nobody looked */
  readonly machine?: Machine
  /** what burdens the machine in the place of our carrier */
  readonly stress?: () => Promise<{ readonly url: string } & AsyncDisposable>
  /** the control address of a Toxiproxy that is there */
  readonly toxiproxy?: string
  /** `gauntlet chaos run --fault-only`: what somebody does when he first reads what is still wrong */
  readonly people?: (still: string) => Promise<'mended' | 'time is over'>
  /** what somebody does when the journal says this, before anything else goes on */
  readonly when?: Partial<Record<JournalFact['kind'], (act: Act) => Promise<void>>>
}

/** What there is to be sabotaged: what is hit, and what would take it back. */
export interface Act {
  readonly runId: string
  readonly victims: readonly ProcessVictim[]
  readonly undo: Undo
  /** whether somebody holds the undo, as far as the harness knows */
  isWatched(): boolean
}

/** What became of it: refused with reasons before anything was touched, or told by the journal. */
export type Course =
  | { readonly refused: readonly string[] }
  | { readonly refused: undefined; readonly journal: readonly JournalFact[] }

/** Runs one experiment against the small target until its effect is known. */
export async function breakIt(small: Pick<SmallTarget, 'target' | 'control'>, by: BrokenBy): Promise<Course> {
  const { planned, refusals } = planIt(small.target, by)
  if (planned === undefined || refusals.length > 0) return { refused: refusals.map(({ why }) => why) }
  const course = by.people === undefined ? planned : ({ ...planned, faultOnly: true } as const)
  return { refused: undefined, journal: await journalOf(course, small, by) }
}

/** What the plan makes of it; a mistake in its text is a refusal too. */
export function planIt(
  target: Target,
  by: BrokenBy,
): {
  readonly planned: PlannedExperiment | undefined
  readonly refusals: readonly { readonly why: string; readonly hint?: string | undefined }[]
} {
  const { value, complaints } = parseExperiment(experiment(by), 'x.experiment.yaml')
  if (value === undefined)
    return { planned: undefined, refusals: complaints.map(({ message: why, hint }) => ({ why, hint })) }
  const phase = { name: 'fault', durationMs: 60_000 }
  const { machine, toxiproxy } = by
  const hasToxiproxy = toxiproxy !== undefined
  return planExperiment(value, { phase, target, machine, seed: 1, hasToxiproxy, sources: [], objectives: [] })
}

function experiment({
  manifest,
  steps = [`{ manifest: ${manifest} }`],
  rollbackWithin = '30s',
  steady: { app, atLeast } = { app: 'back', atLeast: 2 },
}: BrokenBy): string {
  return `
apiVersion: gauntlet/v1
kind: Experiment
metadata: { name: break-it, title: It breaks, why: It happens }
spec:
  hypothesis: [{ name: alive, process: { labels: { app: ${app} }, atLeast: ${atLeast} } }]
  method: [${steps.join(', ')}]
  rollback: { within: ${rollbackWithin} }
`
}

async function journalOf(
  planned: PlannedExperiment,
  { control }: Pick<SmallTarget, 'control'>,
  { steps, stress, when = {}, watchMs = 60_000, toxiproxy, people, meanwhile }: BrokenBy,
): Promise<readonly JournalFact[]> {
  const runId = testRunId()
  const scratch = mkdtempSync(join(tmpdir(), 'gauntlet-faults-'))
  mkdirSync(join(scratch, 'x'))
  const journalPath = join(scratch, 'journal.ndjson')
  await using idle = await stress?.()
  const guardian = await startGuardian({ runId, journalPath, scratch, standIn: true })
  const keeper = idle === undefined ? guardian : { ...guardian, carrier: async () => idle.url }
  const { context: fake, recorded } = fakeContext()
  const journal: RunContext['record']['journal'] = async (fact) => {
    await fake.record.journal(fact)
    const injecting = recorded.journal.filter((one) => one.kind === 'fault-injecting')
    const victims = injecting.flatMap((one) => one.victims).filter((one) => 'pid' in one)
    if (injecting[0])
      await when[fact.kind]?.({ runId, victims, undo: injecting[0].undo, isWatched: guardian.isWatching })
  }
  const clock = createClock()
  const read = Promise.withResolvers<string>()
  const acted = people === undefined ? undefined : read.promise.then(people)
  const context: RunContext = {
    ...{ ...fake, runId, scratch, clock },
    exec: createExec({ runId, guardian }),
    http: createHttp(),
    record: { ...fake.record, journal },
    log: { ...fake.log, doing: read.resolve },
  }
  const count = (kind: RegExp): number => recorded.journal.filter((one) => kind.test(one.kind)).length
  const isOn = (): boolean => count(/^fault-injected$/) > 0
  /** of every victim: none is watched before all are hit */
  const isKnown = (): boolean =>
    count(/^fault-(confirmed|mismatch|unproven)$/) >= Math.max(1, count(/^fault-injecting$/))
  try {
    const driver = experimentDriver({ control, keeper, toxiproxy, dockerHost: dockerHost() })
    const running = (await driver.prepare(planned, context)).start()
    if ((await Promise.race([running.done, acted])) === 'mended' || steps !== undefined) await running.done
    let untilUs = Number.POSITIVE_INFINITY
    if (meanwhile !== undefined) {
      await Promise.race([running.done, until('it is on', isOn)])
      await meanwhile()
      untilUs = 0
    }
    while (!isKnown() && clock.nowUs() < untilUs) {
      if (isOn()) untilUs = Math.min(untilUs, clock.nowUs() + watchMs * 1000)
      if ((await Promise.race([running.done, clock.wait(20)])) !== undefined) break
    }
    await running.stop('seen')
    await running.done
  } finally {
    await guardian.close()
    rmSync(scratch, { recursive: true, force: true })
  }
  return recorded.journal
}

export const told = (journal: readonly JournalFact[]): string =>
  journal.map((one) => ('seen' in one ? `${one.kind}: ${one.seen}` : one.kind)).join('\n')
