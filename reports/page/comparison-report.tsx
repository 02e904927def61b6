import type { Comparison, ComparisonVerdict } from '../run/comparison.ts'
import type { RunVerdict } from '../run/verdict.ts'
import { COMPARISON_WORDS } from '../run/words/comparison-words.ts'
import { Frame, type SectionLink } from './frame.tsx'
import type { ComparisonPageData } from './page-data.ts'
import { Changes } from './sections/changes.tsx'
import { type Answer, Hero } from './sections/hero.tsx'
import { Reproduce } from './sections/reproduce.tsx'
import { Section } from './sections/section.tsx'
import { Word } from './shape.tsx'

/** May the head take the place of the base? The verdict first, then each objective, and whether we can be believed. */
export function ComparisonReport({ data }: { data: ComparisonPageData }) {
  const { comparison } = data
  return (
    <Frame runId={comparison.run} links={linksOf(comparison)}>
      <Hero answer={answerOf(data)} />
      <Changes comparison={comparison} />
      <Instrument comparison={comparison} />
      <Reproduce commands={data.reproduce} />
      <footer>
        This file needs no network. <span class="mono">comparison.json</span> is the same for the same record,
        byte for byte.
      </footer>
    </Frame>
  )
}

const SHAPES: Readonly<Record<ComparisonVerdict, RunVerdict>> = {
  'no-regression': 'met',
  regression: 'violated',
  inconclusive: 'inconclusive',
  invalid: 'invalid',
}

function answerOf({ comparison, summary }: ComparisonPageData): Answer {
  const { verdict, exitCode, outcome, why, base, head } = comparison
  return {
    name: `${head.name} ${head.version}`,
    title: `against ${base.name} ${base.version}`,
    word: COMPARISON_WORDS[verdict],
    shape: SHAPES[verdict],
    ...{ exitCode, outcome, why, summary },
  }
}

function linksOf({ verdict, findings }: Comparison): readonly SectionLink[] {
  return [
    ['Verdict', SHAPES[verdict]],
    ['Objectives', undefined],
    ['Instrument', findings.length > 0 ? 'invalid' : undefined],
    ['Reproduce', undefined],
  ]
}

function Instrument({ comparison: { findings } }: { comparison: Comparison }) {
  return (
    <Section id="instrument" title="Instrument" about="Could we be wrong because of ourselves?">
      {findings.length === 0 && <p>No finding.</p>}
      {findings.map(({ kind, why, hint }) => (
        <p key={kind + why} class="measure">
          <Word name="invalid">tainted</Word> {why} To do: {hint}.
        </p>
      ))}
    </Section>
  )
}
