import type { Http, PlannedSource, RunContext } from '../../reports/run/index.ts'
import { knownUntilUs } from './ask-source.ts'

/** Prometheus scrapes once a minute unless told otherwise; a target that is asked less often is not waited for. */
const KNOWN_WITHIN_MS = 65_000
const LOOK_EVERY_MS = 250

type Waiting = Pick<RunContext, 'clock' | 'signal'> & { readonly http: Http }

/** A point is known only after the scrape that follows it. False: it did not come; a source that does not say has it. */
export async function untilKnown(
  source: PlannedSource,
  toUs: number,
  { clock, signal, http }: Waiting,
): Promise<boolean> {
  const endUs = clock.nowUs() + KNOWN_WITHIN_MS * 1000
  while (clock.nowUs() < endUs) {
    const untilUs = await knownUntilUs(source, http)
    if (untilUs === undefined || untilUs >= toUs) return true
    await clock.wait(LOOK_EVERY_MS, signal)
  }
  return false
}
