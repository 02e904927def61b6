import { existsSync, realpathSync, statSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve, sep } from 'node:path'
import { consoleText, resultDocument } from '../../../reports/render/index.ts'
import { GauntletError, type RunRecord, type Verdict } from '../../../reports/run/index.ts'
import { encodeVerdict, judge } from '../../../slo/judge/index.ts'
import type { ResolvedSlo } from '../../../slo/model/index.ts'
import type { Terminal } from '../../terminal/terminal.ts'
import { placeSlos } from '../draft/judge-objectives.ts'
import { readRecord } from '../record/read-record.ts'
import { writable } from '../record/recorder.ts'
import { unseenNames } from './judge-unseen.ts'

/** What other objectives than its own make of a record. */
export interface Judgement {
  readonly record: RunRecord
  readonly verdict: Verdict
  readonly notes: readonly string[]
}

/** Asks a recorded run about other objectives, over all of its judged phases. Its folder stays as it is. */
export async function judgeAgain(folder: string, slos: readonly ResolvedSlo[]): Promise<Judgement> {
  const record = await readRecord(folder)
  const { objectives } = placeSlos(slos, record.plan.phases)
  return { record, verdict: judge(record, objectives), notes: unseenNames(record, objectives) }
}

export interface ShowJudgementOptions {
  readonly json: boolean
  /** where the verdict is written, as `run` writes verdict.json */
  readonly out?: string
}

/** Prints it as `run` does, and writes the verdict where it is asked for. */
export async function showJudgement(
  { record, verdict, notes }: Judgement,
  { json, out }: ShowJudgementOptions,
  terminal: Terminal,
): Promise<void> {
  if (out !== undefined) {
    const path = resolve(terminal.cwd, out)
    await writable(path, () => writeFile(path, encodeVerdict(verdict)))
  }
  const { colour } = terminal
  terminal.out(
    json ? resultDocument(record, verdict, { notes }) : consoleText(record, verdict, { colour, notes }),
  )
}

/** What is judged stays as it is, by whichever name `out` leads there; what was found in other ways does not lie in it. */
export function refuseInto(judged: string, out: string | undefined, cwd: string): void {
  if (out === undefined) return
  const [record, written] = [realPath(judged), realPath(resolve(cwd, out))]
  if (!isSameFile(record, written) && !written.startsWith(record + sep)) return
  throw new GauntletError('OUT_IN_RECORD', `${out} is, or lies in, what is judged, which stays as it is`, {
    hint: 'name a file elsewhere',
  })
}

/** Without links; what is not there yet is placed by the folder that is. */
function realPath(path: string): string {
  if (existsSync(path)) return realpathSync(path)
  const folder = dirname(path)
  return folder === path ? path : join(realPath(folder), basename(path))
}

/** A hard link is the same file under another name. */
function isSameFile(a: string, b: string): boolean {
  const [one, other] = [a, b].map((path) => statSync(path, { throwIfNoEntry: false }))
  return one !== undefined && one.ino === other?.ino && one.dev === other.dev
}
