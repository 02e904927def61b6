import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type JournalEntry, moment } from '../../../reports/run/index.ts'
import { markedProcesses } from '../../process/marks.ts'
import { listRuns } from './find-run.ts'
import { readRecord } from './read-record.ts'
import { runsFolder } from './runs-folder.ts'

/** What became of the newest run when its harness was killed: said before the next one. Empty when it ended well. */
export async function unfinishedRun(projectRoot: string): Promise<string[]> {
  const id = (await listRuns(projectRoot)).at(-1)
  if (id === undefined) return []
  const folder = join(runsFolder(projectRoot), id)
  const isOver = existsSync(join(folder, 'evidence', 'index.json'))
  if (isOver || !existsSync(join(folder, 'plan.json')) || markedProcesses(id).length > 0) return []
  const record = await readRecord(folder).catch(() => undefined)
  if (record === undefined) return [`found an unfinished run that cannot be read: ${id}`]
  const { journal } = record
  return [
    `found an unfinished run: ${id}, its harness was killed`,
    // of two guardians each says so
    ...new Set(journal.flatMap((entry) => takenBack(entry, journal))),
  ]
}

function takenBack(entry: JournalEntry, journal: readonly JournalEntry[]): string[] {
  const zeroUs = journal.find(({ kind }) => kind === 'second-zero')?.atUs ?? entry.atUs
  const at = moment((entry.atUs - zeroUs) / 1000)
  if (entry.kind === 'fault-undone' && entry.by === 'guardian')
    return [`  its guardian undid ${entry.experiment} at ${at}`]
  if (entry.kind === 'switch-undone' && entry.by === 'guardian')
    return [`  its guardian undid the switch ${entry.switch} at ${at}`]
  if (entry.kind === 'undo-failed') return [`  the undo of ${entry.experiment} FAILED: ${entry.seen}`]
  return entry.kind === 'switch-undo-failed'
    ? [`  the undo of the switch ${entry.switch} FAILED: ${entry.seen}`]
    : []
}
