import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Compile } from 'typebox/compile'
import { controlOf, Target } from '../../../reports/run/index.ts'
import { createHttp } from '../../process/http.ts'
import { listRuns } from '../record/find-run.ts'
import { runsFolder } from '../record/runs-folder.ts'

/** Targets of older runs are hardly there any more. */
const NEWEST_RUNS = 5

const isTarget = Compile(Target)

export interface RecordedTarget {
  /** as it is now where it answers, else as it was */
  readonly target: Target
  readonly answers: boolean
}

/** The targets of the newest runs. */
export async function recordedTargets(projectRoot: string): Promise<RecordedTarget[]> {
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

/** Another target may stand in its place by now. */
async function asItIsNow(target: Target): Promise<RecordedTarget> {
  const control = controlOf(target, createHttp())
  const now = await control?.describe().catch(() => undefined)
  return now?.name === target.name ? { target: now, answers: true } : { target, answers: false }
}
