import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunRecord, Verdict } from '../../../reports/run/index.ts'
import { encodeVerdict, judge } from '../../../slo/judge/index.ts'
import { readRecord } from '../record/read-record.ts'
import { writable } from '../record/recorder.ts'
import { writeReports } from './reports.ts'

export interface Judged {
  readonly record: RunRecord
  readonly verdict: Verdict
}

/** Judges a run by reading its folder: the one way to a verdict, for a run that just ended as for an old one. */
export async function judgeFolder(folder: string): Promise<Judged> {
  const record = await readRecord(folder)
  return { record, verdict: judge(record) }
}

/** Writes verdict.json and report/, the only files of a run folder that are made again. */
export async function keepVerdict(folder: string, judged: Judged): Promise<void> {
  await writable(folder, async () => {
    await writeFile(join(folder, 'verdict.json'), encodeVerdict(judged.verdict))
  })
  await writeReports(folder, judged)
}
