import { join, relative } from 'node:path'
import { consoleText, jsonDocument, resultDocument } from '../../../reports/render/index.ts'
import { EXIT, type RunRecord } from '../../../reports/run/index.ts'
import { reasonInWords } from '../../terminal/errors.ts'
import type { Terminal } from '../../terminal/terminal.ts'
import type { StopReason } from '../execute/stop.ts'
import type { Judged } from '../judge/judge-folder.ts'
import { unseenNames } from '../judge/judge-unseen.ts'
import type { RunResult } from '../request.ts'

export interface ShowOptions {
  readonly json: boolean
}

/** The end of a run: its verdict, or why there is none. */
export function showRun(
  { runId, folder, judged, exitCode }: RunResult,
  { json, reason }: ShowOptions & { reason: StopReason | undefined },
  terminal: Terminal,
): void {
  if (reason?.by === 'machinery') terminal.screen.write(`${reasonInWords(reason)}\n`)
  if (judged !== undefined) {
    showVerdict({ folder, judged }, { json }, terminal)
    return
  }
  const look =
    exitCode === EXIT.unproven.code
      ? ['  unproven an undo has not been seen to work: someone must look now']
      : []
  const lines = [
    `stopped   exit ${exitCode}`,
    ...look,
    `  record   ${shown(folder, terminal)}`,
    `  hint     gauntlet judge ${runId}`,
  ]
  terminal.out(
    json ? jsonDocument({ schema: 'gauntlet/stopped/1', runId, folder, exitCode }) : lines.join('\n'),
  )
}

export function showVerdict(
  { folder, judged }: { readonly folder: string; readonly judged: Judged },
  { json }: ShowOptions,
  terminal: Terminal,
): void {
  const { record, verdict } = judged
  const report = shown(join(folder, 'report', 'index.html'), terminal)
  const notes = [...failureHint(record), ...unseenNames(record, record.plan.objectives)]
  terminal.out(
    json
      ? resultDocument(record, verdict, { report, notes })
      : consoleText(record, verdict, { report, notes, colour: terminal.colour }),
  )
}

/** What would mend a failure, as its run said; why it failed stands in the verdict. */
function failureHint({ journal }: RunRecord): string[] {
  const ended = journal.findLast((entry) => entry.kind === 'run-ended')
  return ended?.hint === undefined ? [] : [`to mend it: ${ended.hint.trim().replace(/\s+/g, ' ')}`]
}

function shown(path: string, { cwd }: Terminal): string {
  const near = relative(cwd, path)
  return near.startsWith('..') ? path : near
}
