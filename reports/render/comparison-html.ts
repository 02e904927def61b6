import type { ComparisonPageData } from '../page/page-data.ts'
import type { Comparison } from '../run/comparison.ts'
import { runIdAtUs } from '../run/ids.ts'
import { COMPARISON_WORDS, comparisonTally, scheduleWords, sideWords } from '../run/words/comparison-words.ts'
import { capital, counted, duration, list, plainText, utcDate } from '../run/words/words.ts'
import type { PageBundle } from './bundle.ts'
import { pageHtml } from './html.ts'
import { shellWord } from './reproduce.ts'

/** The page of a comparison: one file that needs no network. */
export function comparisonHtml(comparison: Comparison, bundle: PageBundle): string {
  const { verdict, head, why } = comparison
  const title = `${capital(COMPARISON_WORDS[verdict])} · ${head.name} ${head.version} · gauntlet`
  return pageHtml(
    { title: plainText(title), why: plainText(why), data: toComparisonPage(comparison) },
    bundle,
  )
}

export function toComparisonPage(comparison: Comparison): ComparisonPageData {
  return { comparison, summary: summary(comparison), reproduce: reproduce(comparison) }
}

/** The six things that a reader asks next. */
function summary(comparison: Comparison): ComparisonPageData['summary'] {
  const { base, head, plan, schedule, findings, run } = comparison
  const { pairs, blockMs } = schedule
  return [
    ['Objectives', comparisonTally(comparison)],
    ['Base', `${base.name} ${base.version}`],
    ['Head', `${head.name} ${head.version}`],
    ['Load', `plan ${plan}, ${counted(pairs, 'pairs')} of ${duration(2 * blockMs)}`],
    ['Instrument', findings.length === 0 ? 'sound' : 'tainted'],
    ['Run', utcDate(runIdAtUs(run))],
  ]
}

/** The command that does it again, and with what it was done. */
function reproduce(comparison: Comparison): ComparisonPageData['reproduce'] {
  const { base, head, plan, schedule } = comparison
  const { pairs, blockMs, seed } = schedule
  const sides = [base, head].map(({ given }) => shellWord(given)).join(' ')
  const read = [...new Set([...base.processes, ...head.processes])]
  return {
    run: `npx gauntlet compare ${sides} --plan ${plan} --pairs ${pairs} --block ${blockMs}ms --seed ${seed}`,
    facts: [
      ['Base', sideWords(base)],
      ['Head', sideWords(head)],
      ['Load', `plan ${plan}, ${scheduleWords(comparison)}`],
      ['CPU time of', read.length === 0 ? 'no process' : list(read)],
    ],
  }
}
