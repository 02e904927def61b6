import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { GauntletError, type RunContext, type SideName, type Target } from '../../../reports/run/index.ts'
import type { GauntletConfig } from '../../config/config.ts'
import { readProject } from '../../config/load-config.ts'
import { attachTarget, standingDescription } from '../execute/target-description.ts'

/** One of the two, before anything is started. */
export interface Side {
  readonly side: SideName
  /** as it was given on the command line */
  readonly given: string
  /** the same, absolute */
  readonly path: string
  /** where its commands run */
  readonly root: string
  readonly config: GauntletConfig['target']
  /** as it describes itself without being started */
  readonly target: Target
}

/** A build is started and ended by us; else it runs already. */
export const isBuild = ({ config }: Side): boolean => config.start !== undefined

export const openingWords = (side: Side): string =>
  `${isBuild(side) ? 'starting' : 'reaching'} the ${side.side}`

/** A folder is the project of a build, a file the description of a running target. */
export async function readSide(
  side: SideName,
  given: string,
  { cwd, exec }: { readonly cwd: string } & Pick<RunContext, 'exec'>,
): Promise<Side> {
  const path = resolve(cwd, given)
  const entry = statSync(path, { throwIfNoEntry: false })
  if (entry === undefined)
    throw new GauntletError('NO_SIDE', `there is no ${given} to compare`, {
      hint: 'give the folder of a project with a gauntlet.config.ts, or the description of a running target',
    })
  if (entry.isFile()) return runningSide(side, given, { path, root: cwd })
  const { root, config } = await readProject(path)
  if (root !== path)
    throw new GauntletError('NO_CONFIG', `${given} has no gauntlet.config.ts of its own`, {
      hint: `the nearest one above it is in ${root}; give that folder if it is meant`,
    })
  const target = await standingDescription(config.target, { exec, projectRoot: root })
  return { side, given, path, root, config: config.target, target }
}

async function runningSide(
  side: SideName,
  given: string,
  { path, root }: { readonly path: string; readonly root: string },
): Promise<Side> {
  const target = await attachTarget(path)
  const { schema: _, ...description } = target
  return { side, given, path, root, config: { description }, target }
}
