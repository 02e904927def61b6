import { GauntletError, type PlannedSource } from '../../../reports/run/index.ts'
import { toPlannedObjectives } from '../../../slo/model/index.ts'
import { whyNoAnswer } from '../../../slo/sources/ask-source.ts'
import { loadProject, type Project } from '../../config/load-config.ts'
import { readOpenSlo } from '../../config/open-slo.ts'
import { createHttp } from '../../process/http.ts'
import { missingKeys, openedHttp } from '../execute/source-keys.ts'
import { type Examined, missing } from './examined.ts'

/** Asks each data source that an SLO of the project names; without a project there is none. */
export async function examineSources(folder: string): Promise<Examined[]> {
  try {
    const sources = await sourcesOf(await loadProject(folder))
    return await Promise.all(sources.map(examineSource))
  } catch (error) {
    if (!(error instanceof GauntletError)) throw error
    return error.code === 'NO_CONFIG' ? [] : [missing('project', error)]
  }
}

async function sourcesOf({ root, config }: Project): Promise<PlannedSource[]> {
  const { slos } = await readOpenSlo(root, config.content?.objectives ?? [])
  const all = [...slos.values()].flatMap(
    (slo) => toPlannedObjectives(slo, { phases: [], advisory: false }).sources,
  )
  return [...new Map(all.map((one) => [`${one.name} ${one.url}`, one])).values()]
}

async function examineSource(source: PlannedSource): Promise<Examined> {
  const [key] = missingKeys(source)
  const why =
    key === undefined ? await whyNoAnswer(source, openedHttp(source, createHttp())) : `${key} is not set`
  const name = `${source.type} ${source.name}`
  if (why === undefined) return { state: 'ready', name, about: source.url }
  return { state: 'silent', name, about: why, hint: 'a plan that asks it would not be decided' }
}
