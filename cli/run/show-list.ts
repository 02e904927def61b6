import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { duration, plainText } from '../../reports/run/index.ts'
import { readCatalogue } from '../config/catalogue.ts'
import type { Project } from '../config/load-config.ts'
import { refuse } from './draft.ts'
import { listRuns } from './find-run.ts'
import { plannedPhases } from './phases.ts'
import { runsFolder } from './run.ts'

interface Entry {
  readonly name: string
  readonly about: string
}

/** Everything that can be named, and the runs recorded so far, newest first. */
export async function showList(project: Project, { json }: { json: boolean }): Promise<string> {
  const catalogue = await readCatalogue(project)
  refuse(catalogue.complaints)
  const titled = (found: ReadonlyMap<string, { readonly metadata: { title: string } }>): Entry[] =>
    [...found].map(([name, { metadata }]) => ({ name, about: metadata.title }))
  const families: Record<string, Entry[]> = {
    plans: [...catalogue.plans].map(([name, { file }]) => ({
      name,
      about: `${duration(lengthMs(file.spec))}, ${file.metadata.title}`,
    })),
    scenarios: titled(catalogue.scenarios),
    experiments: titled(catalogue.experiments),
    objectives: [...catalogue.objectives].map(([name, slo]) => ({ name, about: slo.metadata.displayName })),
    audits: titled(catalogue.audits),
    runs: await runEntries(project.root),
  }
  if (json) return JSON.stringify({ schema: 'gauntlet/list/1', ...families })
  return Object.entries(families).map(familyInWords).join('\n')
}

function familyInWords([family, entries]: [string, Entry[]]): string {
  if (entries.length === 0) return `${family.padEnd(13)} none`
  return entries
    .map(
      ({ name, about }, n) => `${(n === 0 ? family : '').padEnd(13)} ${name.padEnd(22)} ${plainText(about)}`,
    )
    .join('\n')
}

function lengthMs(spec: Parameters<typeof plannedPhases>[0]): number {
  return plannedPhases(spec).reduce((sum, one) => sum + one.durationMs, 0)
}

async function runEntries(root: string): Promise<Entry[]> {
  const ids = (await listRuns(root)).toReversed()
  return Promise.all(
    ids.map(async (name) => {
      const text = await readFile(join(runsFolder(root), name, 'verdict.json'), 'utf8').catch(() => undefined)
      return { name, about: text === undefined ? 'not judged' : String(JSON.parse(text).verdict) }
    }),
  )
}
