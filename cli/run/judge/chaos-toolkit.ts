import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { toChaosToolkit } from '../../../reports/render/index.ts'
import { GauntletError } from '../../../reports/run/index.ts'
import { writable } from '../record/recorder.ts'
import type { Judged } from './judge-folder.ts'

/** Writes a journal of Chaos Toolkit for each experiment of a run. Gives their paths. */
export async function writeChaosToolkit(
  { record, verdict }: Judged,
  folder: string,
): Promise<readonly string[]> {
  const journals = [...toChaosToolkit(record, verdict)]
  if (journals.length === 0)
    throw new GauntletError('NO_EXPERIMENT', `the plan ${record.plan.name} has no experiment`, {
      hint: "Chaos Toolkit's journal tells of experiments alone; gauntlet report without --chaos-toolkit tells of all",
    })
  await writable(folder, async () => {
    await mkdir(folder, { recursive: true })
    for (const [name, text] of journals) await writeFile(join(folder, `${name}.json`), text)
  })
  return journals.map(([name]) => join(folder, `${name}.json`))
}
