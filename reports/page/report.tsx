import { Frame, type SectionLink } from './frame.tsx'
import type { PageData } from './page-data.ts'
import { Faults } from './sections/faults.tsx'
import { type Answer, Hero } from './sections/hero.tsx'
import { Instrument } from './sections/instrument.tsx'
import { Objectives } from './sections/objectives.tsx'
import { Pages } from './sections/pages.tsx'
import { Reproduce } from './sections/reproduce.tsx'
import { TimelineSection } from './timeline/section.tsx'

/** Verdict first; then when, how far, what was done, and whether we can be believed. */
export function Report({ data }: { data: PageData }) {
  const { verdict } = data
  return (
    <Frame runId={data.runId} links={linksOf(data)}>
      <Hero answer={answerOf(data)} />
      <TimelineSection timeline={data.timeline} phases={data.phases} />
      <Objectives verdict={verdict} openEnds={data.openEnds} emptyEvidence={data.emptyEvidence} />
      <Faults verdict={verdict} plans={data.faultPlans} />
      <Pages audits={data.audits} />
      <Instrument checks={data.checks} verdict={verdict} />
      <Reproduce commands={data.reproduce} />
      <footer>
        This file needs no network. <span class="mono">verdict.json</span> is the same for the same record and
        objectives, byte for byte.
      </footer>
    </Frame>
  )
}

function answerOf({ plan, summary, verdict: { verdict, exitCode, outcome, why } }: PageData): Answer {
  return { ...plan, summary, word: verdict, shape: verdict, exitCode, outcome, why }
}

function linksOf({ verdict, audits }: PageData): readonly SectionLink[] {
  const tainted = verdict.findings.length > 0 ? 'invalid' : undefined
  return [
    ['Verdict', verdict.verdict],
    ['Timeline', undefined],
    ['Objectives', undefined],
    ['Faults', undefined],
    ...(audits.length > 0 ? [['Pages', undefined] as const] : []),
    ['Instrument', tainted],
    ['Reproduce', undefined],
  ]
}
