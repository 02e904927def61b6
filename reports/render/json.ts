import type { RunRecord } from '../run/record.ts'
import type { Verdict } from '../run/verdict.ts'

export interface JsonOptions {
  /** the page to open, as the caller says it; left out where none was written */
  readonly report?: string
  /** what else a reader must know of the evidence, a sentence each */
  readonly notes?: readonly string[]
}

/** What `--json` prints of a run. */
export function resultDocument({ run, plan }: RunRecord, verdict: Verdict, options: JsonOptions): string {
  return jsonDocument({ schema: 'gauntlet/result/1', run: run.id, plan: plan.name, ...options, verdict })
}

/** What `--json` prints, of every command: exactly one document, and no name in it that a terminal would obey. */
export function jsonDocument(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(OBEYED, escaped)
}

// JSON writes out the control characters of ASCII itself; its own line breaks stay.
const OBEYED = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/** As JSON has it: one `\u` for each UTF-16 unit. */
const escaped = (character: string): string =>
  character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('')
