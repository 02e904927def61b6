import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  bundlePage,
  isBuiltIn,
  type JudgedRun,
  RENDERERS,
  type Renderer,
} from '../../../reports/render/index.ts'
import { GauntletError, messageOf } from '../../../reports/run/index.ts'
import { cacheFolder } from '../draft/tools.ts'
import { writable } from '../record/recorder.ts'

/** Writes report/ of a run folder, a file a renderer. Gives their paths. */
export async function writeReports(folder: string, run: JudgedRun): Promise<string[]> {
  const report = join(folder, 'report')
  const written: string[] = []
  await writable(report, async () => {
    await mkdir(report, { recursive: true })
  })
  for (const renderer of RENDERERS.all()) {
    const path = join(report, renderer.file)
    const text = await rendered(renderer, run)
    await writable(report, () => writeFile(path, text))
    written.push(path)
  }
  return written
}

async function rendered(renderer: Renderer, run: JudgedRun): Promise<string> {
  try {
    return await renderer.render(run, { page: () => bundlePage({ cacheFolder: cacheFolder() }) })
  } catch (cause) {
    if (isBuiltIn(renderer)) throw cause // a bug of ours is not dressed up
    throw new GauntletError(
      'REPORT_FAILED',
      `report/${renderer.file} could not be made: ${messageOf(cause)}`,
      {
        hint: 'the verdict stands in verdict.json; gauntlet report RUN makes the reports again',
        exit: 'machinery',
        cause,
      },
    )
  }
}
