import { createFamily, type RunRecord, type Verdict } from '../run/index.ts'
import type { PageBundle } from './bundle.ts'
import { toHtml } from './html.ts'
import { toJunit } from './junit.ts'
import { toMarkdown } from './markdown.ts'
import { toPageData } from './page-data.ts'

/** What a run came to, and all that was recorded of it. */
export interface JudgedRun {
  readonly record: RunRecord
  readonly verdict: Verdict
}

/**
 * A report of a run: one file, and one line in the list of built-ins or in `extend.renderers` of a project's config. It
 * is made of the record and the verdict alone, so that `gauntlet report` makes the same one of an old run.
 */
export interface Renderer {
  /** its name in report/ of the run folder, such as `junit.xml` */
  readonly file: string
  render(run: JudgedRun, around: { page(): Promise<PageBundle> }): string | Promise<string>
}

/** Types a report for the editor, for `extend.renderers` of a config. */
export function defineRenderer(renderer: Renderer): Renderer {
  return renderer
}

const index: Renderer = {
  file: 'index.html',
  render: async ({ record, verdict }, { page }) => toHtml(toPageData(record, verdict), await page()),
}
const junit: Renderer = { file: 'junit.xml', render: ({ record, verdict }) => toJunit(record, verdict) }
const summary: Renderer = { file: 'summary.md', render: ({ record, verdict }) => toMarkdown(record, verdict) }

/** A new one is one file and one line here. */
const BUILT_INS: readonly Renderer[] = [index, junit, summary]

export const RENDERERS = createFamily<Renderer>('reports', ({ file }) => file, BUILT_INS)

/** Whether it is ours, and not of a project. */
export const isBuiltIn = (renderer: Renderer): boolean => BUILT_INS.includes(renderer)
