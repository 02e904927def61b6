import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { basename, isAbsolute, join, resolve } from 'node:path'
import { GauntletError, nearestHint, RUN_ID_PATTERN } from '../../reports/run/index.ts'
import { markedProcesses } from '../process/marks.ts'
import { runsFolder } from './run.ts'

/** A run by its folder, its id, or `last`. */
export async function findRun(
  given: string,
  { cwd, projectRoot }: { cwd: string; projectRoot: string },
): Promise<string> {
  const asPath = resolve(cwd, given)
  if (existsSync(join(asPath, 'run.json')) || (isAbsolute(given) && existsSync(asPath))) return asPath
  const runs = await listRuns(projectRoot)
  // a comparison is kept among the runs, and is none
  const isRun = (one: string): boolean => existsSync(join(runsFolder(projectRoot), one, 'run.json'))
  const id = given === 'last' ? runs.findLast(isRun) : runs.find((one) => one === given)
  if (id !== undefined) return join(runsFolder(projectRoot), id)
  throw new GauntletError('NO_RUN', `there is no run "${given}"`, {
    hint: runs.length > 0 ? nearestHint(given, runs) : 'no run is recorded here yet: gauntlet verify',
  })
}

/** A run to judge; refused while it goes on, or is being taken back: its record is not whole yet. */
export async function findEndedRun(given: string, places: Parameters<typeof findRun>[1]): Promise<string> {
  const folder = await findRun(given, places)
  const id = basename(folder)
  const [member] = existsSync(join(folder, 'evidence', 'index.json')) ? [] : markedProcesses(id)
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
