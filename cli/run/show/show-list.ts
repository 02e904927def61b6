import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { jsonDocument } from '../../../reports/render/index.ts'
import { fit } from '../../../reports/render/plain.ts'
import { duration, parseDuration, plainText } from '../../../reports/run/index.ts'
import { readCatalogue } from '../../config/catalogue.ts'
import type { Project } from '../../config/load-config.ts'
import type { PlanFile } from '../../config/plan-file.ts'
import { refuse } from '../draft/draft.ts'
import { longestMs, plannedPhases } from '../plan/phases.ts'
import { listRuns } from '../record/find-run.ts'
import { runsFolder } from '../record/runs-folder.ts'

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
      about: `at most ${duration(atMostMs(file.spec))}, ${file.metadata.title}`,
    })),
    scenarios: titled(catalogue.scenarios),
    experiments: titled(catalogue.experiments),
    objectives: [...catalogue.objectives].map(([name, slo]) => ({ name, about: slo.title })),
    audits: titled(catalogue.audits),
    runs: await runEntries(project.root),
  }
  for (const [family, entries] of Object.entries(families))
    if (family !== 'runs') entries.sort((a, b) => (a.name < b.name ? -1 : 1))
  if (json) return jsonDocument({ schema: 'gauntlet/list/1', ...families })
  const lengths = Object.values(families).flatMap((entries) => entries.map(({ name }) => name.length))
  const widest = Math.min(LONGEST_NAME, Math.max(0, ...lengths))
  return Object.entries(families)
    .map((one) => familyInWords(one, widest))
    .join('\n')
}

const LONGEST_NAME = 40

function familyInWords([family, entries]: [string, Entry[]], widest: number): string {
  if (entries.length === 0) return `${family.padEnd(13)} none`
  return entries
    .map(({ name, about }, n) => {
      const shown = fit(plainText(name), widest).padEnd(widest)
      return `${(n === 0 ? family : '').padEnd(13)} ${shown} ${plainText(about)}`
    })
    .join('\n')
}

function atMostMs(spec: PlanFile['spec']): number {
  return longestMs(plannedPhases(spec), parseDuration(spec.drain?.atMost ?? '') ?? 0)
}

async function runEntries(root: string): Promise<Entry[]> {
  const ids = (await listRuns(root)).toReversed()
  return Promise.all(
    ids.map(async (name) => ({ name, about: await runInWords(join(runsFolder(root), name)) })),
  )
}

/** `met, interrupted, verify, 1 min 3 s`: a run that was not completed, or was never judged, says so. */
async function runInWords(folder: string): Promise<string> {
  const { verdict, outcome, lengthMs } = await readJson(join(folder, 'verdict.json'))
  const { plan } = await readJson(join(folder, 'run.json'))
  const comparison = await readJson(join(folder, 'comparison.json'))
  if (plan === undefined && comparison['schema'] !== undefined)
    return `${comparison['verdict']}, comparison under ${comparison['plan']}`
  const ended = outcome === 'completed' ? undefined : outcome
  const length = typeof lengthMs === 'number' ? duration(lengthMs) : undefined
  const words = [verdict ?? 'not judged', ended, plan, length]
  return words.filter((one) => one !== undefined).join(', ')
}

async function readJson(path: string): Promise<Record<string, unknown>> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch {
    return {} // a crashed run's file may be missing or cut
  }
}
