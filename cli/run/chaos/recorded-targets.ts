import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Compile } from 'typebox/compile'
import { controlOf, Target } from '../../../reports/run/index.ts'
import { createHttp } from '../../process/http.ts'
import { listRuns } from '../find-run.ts'
import { runsFolder } from '../runs-folder.ts'

/** Targets of older runs are hardly there any more. */
const NEWEST_RUNS = 5

const isTarget = Compile(Target)

/** The targets of the newest runs, as they are now where they still answer, else as they were. */
export async function recordedTargets(projectRoot: string): Promise<Target[]> {
  const ids = (await listRuns(projectRoot)).slice(-NEWEST_RUNS)
  const targets = await Promise.all(ids.map((id) => targetIn(join(runsFolder(projectRoot), id, 'plan.json'))))
  return Promise.all(targets.flat().map(asItIsNow))
}

/** None in a folder that was cut short. */
async function targetIn(path: string): Promise<Target[]> {
  try {
    const { target }: { target?: unknown } = JSON.parse(await readFile(path, 'utf8'))
    return isTarget.Check(target) ? [target] : []
  } catch {
    return []
  }
}

async function asItIsNow(target: Target): Promise<Target> {
  const control = controlOf(target, createHttp())
  return (await control?.describe().catch(() => undefined)) ?? target
}
