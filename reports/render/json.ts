import type { RunRecord } from '../run/record.ts'
import type { Verdict } from '../run/verdict.ts'

export interface JsonOptions {
  /** the page to open, as the caller says it; left out where none was written */
  readonly report?: string
  /** what else a reader must know of the evidence, a sentence each */
  readonly notes?: readonly string[]
}

/** What `--json` prints: exactly one document. */
export function jsonDocument({ run, plan }: RunRecord, verdict: Verdict, options: JsonOptions): string {
  return JSON.stringify(
    { schema: 'gauntlet/result/1', run: run.id, plan: plan.name, ...options, verdict },
    null,
    2,
  )
}
