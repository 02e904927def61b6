import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Compile } from 'typebox/compile'
import { JournalEntry, jsonOf, type Undo, type UndoStep } from '../../../reports/run/index.ts'
import { runsFolder } from '../record/runs-folder.ts'

/** A way back of a run's journal. Open: no line says that it was seen to work, so what it undoes may be on, and is ours. */
export interface JournaledUndo {
  readonly run: string
  readonly step: UndoStep
  readonly isOpen: boolean
}

/** An empty file in a run's folder: nothing of it was left when it was recovered. */
export const RECOVERED = 'recovered'

const isEntry = Compile(JournalEntry)

/** By `keyOf`, as the newest of these runs says that did it. */
export async function journaledUndos(
  projectRoot: string,
  runs: readonly string[],
): Promise<ReadonlyMap<string, JournaledUndo>> {
  const undos = new Map<string, JournaledUndo>()
  for (const run of runs.toSorted().reverse()) {
    const folder = join(runsFolder(projectRoot), run)
    const isRecovered = existsSync(join(folder, RECOVERED))
    for (const { step, isOpen } of stepsOf(await journalOf(folder)))
      if (!undos.has(keyOf(step))) undos.set(keyOf(step), { run, step, isOpen: isOpen && !isRecovered })
  }
  return undos
}

/** A run that crashed may have cut a line: what can be read counts. */
async function journalOf(folder: string): Promise<JournalEntry[]> {
  const text = await readFile(join(folder, 'journal.ndjson'), 'utf8').catch(() => '')
  return text
    .split('\n')
    .map(jsonOf)
    .filter((entry) => isEntry.Check(entry))
}

interface Settled {
  readonly undo: Undo
  readonly state: 'open' | 'failed' | 'closed'
}

/**
 * Each step that takes something back, and whether that is open. What a guardian did is believed, unless it had failed
 * before: then only a probe that saw it closes it.
 */
export function stepsOf(journal: readonly JournalEntry[]): Omit<JournaledUndo, 'run'>[] {
  const undos = new Map<string, Settled>()
  const settle = (id: string, state: Settled['state']): void => {
    const one = undos.get(id)
    if (one !== undefined) undos.set(id, { ...one, state })
  }
  for (const entry of journal)
    if (entry.kind === 'fault-injecting') undos.set(entry.injection, { undo: entry.undo, state: 'open' })
    else if (entry.kind === 'switch-throwing') undos.set(entry.switch, { undo: entry.undo, state: 'open' })
    else if (entry.kind === 'fault-normal') settle(entry.injection, 'closed')
    else if (entry.kind === 'switch-undone') settle(entry.switch, 'closed')
    else if (entry.kind === 'undo-failed') settle(entry.injection, 'failed')
    else if (entry.kind === 'fault-undone' && entry.by === 'guardian')
      if (undos.get(entry.injection)?.state === 'open') settle(entry.injection, 'closed')
  const steps = [...undos.values()].flatMap(({ undo, state }) =>
    (undo.kind === 'steps' ? undo.steps : [undo]).map((step) => ({ step, isOpen: state !== 'closed' })),
  )
  // one of two that did the same thing is enough
  return steps.toSorted((a, b) => Number(b.isOpen) - Number(a.isOpen))
}

/** What a step takes back, whoever says it. */
export function keyOf(step: UndoStep): string {
  switch (step.kind) {
    case undefined:
    case 'request':
      return JSON.stringify([step.method, step.url, step.body ?? null])
    case 'signal':
      return JSON.stringify([step.signal, step.victim.pid, step.victim.startedAt])
    case 'command':
      return JSON.stringify([step.namespace, ...Object.values(step.deletes).toSorted()])
    case 'clock':
      return step.offsetFile
    case 'disk':
      return JSON.stringify(step.group ?? step.limits)
    case 'descriptors':
      return JSON.stringify([step.victim.pid, step.victim.startedAt, step.softLimit])
    default:
      return step satisfies never
  }
}
