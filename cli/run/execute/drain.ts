import type { Control, Fact, Plan, RunContext } from '../../../reports/run/index.ts'

const LOOK_EVERY_MS = 250

/** Waits until no id of the fact is open, then writes down what the target knows of each. Stopped, it does not end. */
export async function drain(
  { atMostMs, fact: name }: NonNullable<Plan['drain']>,
  { control, sinceUs }: { control: Control; sinceUs: number },
  context: RunContext,
): Promise<void> {
  await context.record.journal({ kind: 'drain-started' })
  const startUs = context.clock.nowUs()
  const endUs = startUs + atMostMs * 1000
  const look = async (): Promise<Fact> => {
    const fact = await control.fact(name, sinceUs)
    context.log.doing(`drain: ${openIn(fact)} ${name} open`)
    return fact
  }
  let fact = await look()
  while (openIn(fact) > 0 && context.clock.nowUs() < endUs && !context.signal.aborted) {
    await context.clock.wait(LOOK_EVERY_MS, context.signal).catch(() => {})
    fact = await look()
  }
  await writeFact(fact, context)
  if (context.signal.aborted) return
  await context.record.journal({ kind: 'drain-ended', open: openIn(fact) })
  const tookS = (context.clock.nowUs() - startUs) / 1e6
  context.log.fact(
    `drain, done in ${tookS.toFixed(1)} s, ${openIn(fact)} of ${fact.rows.length} ${name} open`,
  )
}

function openIn(fact: Fact): number {
  return fact.rows.filter((row) => row.doneAtUs === null).length
}

async function writeFact({ name, atUs, rows }: Fact, { record }: RunContext): Promise<void> {
  for (const row of rows)
    await record.evidence('facts.ndjson', { schema: 'gauntlet/fact-row/1', fact: name, ...row, atUs })
}
