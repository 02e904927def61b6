import { readFile } from 'node:fs/promises'
import { relative, resolve } from 'node:path'
import { GauntletError } from '../../../reports/run/index.ts'
import { type FaultRates, parseFaultRates } from '../../../slo/budget/index.ts'
import { filesIn } from '../../config/files-in.ts'
import { loadProject, type Project } from '../../config/load-config.ts'
import { refuse } from '../draft/draft.ts'

const NAME = 'fault-rates.yaml'

export interface RatesPlace {
  readonly cwd: string
  /** gauntlet.config.ts, when it is not the nearest */
  readonly config?: string | undefined
  /** instead of the project's own */
  readonly file?: string | undefined
}

/** How often each fault happens: as this file says, or the project's, which stands among its objectives; else nothing. */
export async function faultRates({ cwd, config, file }: RatesPlace): Promise<FaultRates> {
  const path = file ?? (await projectFile(cwd, config))
  if (path === undefined) return new Map()
  const text = await readFile(resolve(cwd, path), 'utf8').catch((cause: Error) => {
    throw new GauntletError('NO_RATES', `${path} cannot be read: ${cause.message}`, { cause })
  })
  const { value, complaints } = parseFaultRates(text, path)
  refuse(complaints)
  return value ?? new Map()
}

async function projectFile(cwd: string, config: string | undefined): Promise<string | undefined> {
  const project = await nearestProject(cwd, config)
  if (project === undefined) return undefined
  const folders = project.config.content?.objectives ?? []
  const [first, second] = await filesIn(project.root, folders, (name) => name === NAME)
  if (second !== undefined)
    throw new GauntletError('TWO_RATES', `the project has several ${NAME}: ${first} and ${second}`, {
      hint: 'say which: --rates FILE',
    })
  return first && relative(cwd, resolve(project.root, first))
}

/** A recorded run can be asked where no project is. */
async function nearestProject(cwd: string, config: string | undefined): Promise<Project | undefined> {
  return loadProject(cwd, config).catch((error) => {
    if (config === undefined && error instanceof GauntletError && error.code === 'NO_CONFIG') return undefined
    throw error
  })
}
