import type { Verdict } from '../run/verdict.ts'

export interface JsonResult {
  readonly run: string
  /** the run folder and the page to open, as the caller says them */
  readonly folder: string
  readonly report: string
  readonly verdict: Verdict
}

/** What `--json` prints: exactly one document. */
export function toJson(result: JsonResult): string {
  return JSON.stringify({ schema: 'gauntlet/result/1', ...result }, null, 2)
}
