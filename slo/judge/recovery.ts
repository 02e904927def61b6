import type { JournalEntry, Recovery } from '../../reports/run/index.ts'

export type FaultEntry = Extract<JournalEntry, { readonly injection: string }>

/** How long people took from the first injection; what gauntlet took back, they did not. */
export function recoveryOf(
  experiment: string,
  injections: readonly (readonly FaultEntry[])[],
  journal: readonly JournalEntry[],
): Recovery {
  const injected = injections.flat().find(({ kind }) => kind === 'fault-injected')
  const afterMs = (atUs: number | undefined): number | null =>
    atUs === undefined || injected === undefined ? null : (atUs - injected.atUs) / 1000
  const noticed = journal.find((one) => one.kind === 'people-noticed' && one.atUs >= (injected?.atUs ?? 0))
  const goneMs = afterMs(goneUs(injections))
  const steadyMs = goneMs === null ? null : afterMs(steadyUs(experiment, journal))
  return { noticedMs: afterMs(noticed?.atUs), goneMs, steadyMs }
}

/** When the last of it was gone; undefined when not all of it went without gauntlet. */
function goneUs(injections: readonly (readonly FaultEntry[])[]): number | undefined {
  const gone = injections.map(
    (of) => of.find((one) => one.kind === 'fault-normal' && one.by === 'people')?.atUs,
  )
  const all = gone.filter((atUs) => atUs !== undefined)
  return all.length === 0 || all.length < gone.length ? undefined : Math.max(...all)
}

function steadyUs(experiment: string, journal: readonly JournalEntry[]): number | undefined {
  const asked = journal.filter(
    (one) => one.kind === 'hypothesis' && one.experiment === experiment && one.when === 'after',
  )
  const holds = asked.every((one) => one.kind === 'hypothesis' && one.held)
  return holds ? asked.at(-1)?.atUs : undefined
}
