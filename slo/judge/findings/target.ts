import type { Finding, RunRecord } from '../../../reports/run/index.ts'

/** A verdict is about one version of the target. */
export function targetFindings({ journal }: RunRecord): Finding[] {
  const first = journal.find((entry) => entry.kind === 'target-ready')
  const last = journal.findLast((entry) => entry.kind === 'target-seen-last')
  if (first?.kind !== 'target-ready' || last?.kind !== 'target-seen-last') return []
  if (first.version === last.version) return []
  return [
    {
      kind: 'target-changed',
      taints: { scope: 'run' },
      why: `The target was version ${first.version} at the start and ${last.version} at the end.`,
      hint: 'hold deployments while a run lasts; run again',
    },
  ]
}
