import type { RunRecord } from '../run/record.ts'
import type { Verdict } from '../run/verdict.ts'

/** What `--json` prints: exactly one document. `report` is the page to open, as the caller says it. */
export function jsonDocument(
  { run, plan }: RunRecord,
  verdict: Verdict,
  { report }: { readonly report: string },
): string {
  return JSON.stringify(
    { schema: 'gauntlet/result/1', run: run.id, plan: plan.name, report, verdict },
    null,
    2,
  )
}
