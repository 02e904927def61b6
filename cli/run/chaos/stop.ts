import type { Log } from '../../../reports/run/index.ts'
import { endHarness } from '../../process/guardian/end-harness.ts'
import { knownRuns } from './known-runs.ts'
import { recover } from './recover.ts'
import type { Residue } from './residue.ts'

/** Ends every run that goes on, all at once, and takes back whatever one of them leaves. */
export async function stopEverything(
  projectRoot: string,
  { withinMs, log }: { readonly withinMs: number; readonly log: Pick<Log, 'fact'> },
): Promise<Residue> {
  const living = (await knownRuns(projectRoot)).filter(({ harness }) => harness !== undefined)
  await Promise.all(
    living.map(async ({ id, harness }) => {
      log.fact(`${id}: told to stop (pid ${harness!.pid})`)
      log.fact(`${id}: ${ENDINGS[await endHarness(harness!, withinMs)]}`)
    }),
  )
  if (living.length === 0) log.fact('no run goes on')
  const residue = await recover(projectRoot, log)
  const still = residue.living.map(({ run, pid }) => ({
    ...{ run, what: `run ${run} still goes on (pid ${pid})`, byHand: `kill -KILL ${pid}` },
  }))
  return { ...residue, found: [...residue.found, ...still] }
}

const ENDINGS = {
  ended: 'ended, and took back what was on',
  killed: 'did not end in time and was killed; what it held is taken back without it',
  alive: 'cannot be killed: the kernel keeps it',
} as const
