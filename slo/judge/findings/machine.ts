import type { Finding, RunRecord } from '../../../reports/run/index.ts'

/** A guard on the machine's own health: what was measured on a machine that has nothing to spare is of the machine. */
export function machineFindings({ journal }: RunRecord): Finding[] {
  const alarm = journal.find((entry) => entry.kind === 'machine-alarm')
  if (alarm?.kind !== 'machine-alarm') return []
  return [
    {
      kind: 'machine-lacking',
      taints: { scope: 'run' },
      why: `A guard ended the run: ${alarm.seen}.`,
      hint: 'stop other work on this machine, free what it lacks, or lower the load or the fault; run again',
    },
  ]
}
