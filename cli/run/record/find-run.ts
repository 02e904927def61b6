import { existsSync, statSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { basename, join, relative, resolve } from 'node:path'
import { GauntletError, nearestHint, RUN_ID_PATTERN } from '../../../reports/run/index.ts'
import { isLinkProxy } from '../../process/guardian/link-proxies.ts'
import { markedProcesses } from '../../process/marks.ts'
import { runsFolder } from './runs-folder.ts'

/** A run by its folder, its id, or `last`; a comparison, which is kept among the runs, is none. */
export async function findRun(
  given: string,
  { cwd, projectRoot }: { cwd: string; projectRoot: string },
): Promise<string> {
  const asPath = resolve(cwd, given)
  if (isRun(asPath) || isComparison(asPath)) return noComparison(asPath, cwd)
  const folderOf = (id: string): string => join(runsFolder(projectRoot), id)
  const ids = await listRuns(projectRoot)
  const runs = ids.filter((id) => isRun(folderOf(id)))
  const id = given === 'last' ? runs.at(-1) : ids.find((one) => one === given)
  const folder = id === undefined ? asPath : folderOf(id)
  if (isRun(folder) || isComparison(folder)) return noComparison(folder, cwd)
  const hint = runs.length > 0 ? nearestHint(given, runs) : 'no run is recorded here yet: gauntlet verify'
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new GauntletError('NO_RUN', `there is no run "${given}"`, { hint })
  throw new GauntletError('RECORD_UNREADABLE', `there is no run "${given}": that folder has no run.json`, {
    hint: `${WHAT_A_RUN_HAS}\n${hint}`,
  })
}

const WHAT_A_RUN_HAS =
  'the folder of a run has run.json, plan.json and evidence/; such as .gauntlet/runs/20261121-014530-k3f9'

const isRun = (folder: string): boolean => existsSync(join(folder, 'run.json'))

const isComparison = (folder: string): boolean => !isRun(folder) && existsSync(join(folder, COMPARED))
const COMPARED = join('evidence', 'sides.json')

function noComparison(folder: string, cwd: string): string {
  if (!isComparison(folder)) return folder
  const report = relative(cwd, join(folder, 'report', 'index.html'))
  throw new GauntletError('IS_COMPARISON', `${basename(folder)} is a comparison of two builds, no run`, {
    hint: existsSync(join(cwd, report)) ? `its report: ${report}` : 'compare again: gauntlet compare --help',
  })
}

/** A run to judge; refused while it goes on, or is being taken back: its record is not whole yet. */
export async function findEndedRun(given: string, places: Parameters<typeof findRun>[1]): Promise<string> {
  const folder = await findRun(given, places)
  const id = basename(folder)
  const isSealed = existsSync(join(folder, 'evidence', 'index.json'))
  // a proxy or resolver that passes on a link writes nothing any more
  const member = isSealed ? undefined : markedProcesses(id).find((one) => !isLinkProxy(one))
  if (member === undefined) return folder
  throw new GauntletError('RUN_GOES_ON', `${id} is not over yet: process ${member.pid} belongs to it`, {
    hint: 'wait for its end; it prints its own verdict',
  })
}

/** Ids of the project's runs, oldest first. */
export async function listRuns(projectRoot: string): Promise<string[]> {
  const names = await readdir(runsFolder(projectRoot)).catch(() => [])
  return names.filter((name) => new RegExp(RUN_ID_PATTERN).test(name)).sort()
}
