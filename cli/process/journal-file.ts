import { closeSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs'
import type { JournalFact } from '../../reports/run/index.ts'
import { createClock } from './clock.ts'

const clock = createClock()

/** Adds one fact to a journal that nobody else writes any more; returns when it is on disk. */
export function appendJournal(path: string, fact: JournalFact): void {
  const entry = { schema: 'gauntlet/journal/1', atUs: clock.nowUs(), ...fact }
  try {
    const file = openSync(path, 'a+')
    try {
      writeSync(file, `${endsInMidLine(file) ? '\n' : ''}${JSON.stringify(entry)}\n`)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
  } catch {
    // A full disk, or a folder that is gone: taking back matters more than telling.
  }
}

/** The writer may have been killed in the middle of its last line. */
function endsInMidLine(file: number): boolean {
  const { size } = fstatSync(file)
  const last = Buffer.alloc(1)
  return size > 0 && readSync(file, last, 0, 1, size - 1) === 1 && last.toString() !== '\n'
}
