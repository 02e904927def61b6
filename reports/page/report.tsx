import { useEffect, useState } from 'preact/hooks'
import { capital } from '../run/words.ts'
import type { PageData } from './page-data.ts'
import { Faults } from './sections/faults.tsx'
import { Hero } from './sections/hero.tsx'
import { Instrument } from './sections/instrument.tsx'
import { Objectives } from './sections/objectives.tsx'
import { Pages } from './sections/pages.tsx'
import { Reproduce } from './sections/reproduce.tsx'
import { Shape, type ShapeName } from './shape.tsx'
import { currentTheme, onTheme, toggleTheme } from './theme.ts'
import { TimelineSection } from './timeline/section.tsx'

/** Verdict first; then when, how far, what was done, and whether we can be believed. */
export function Report({ data }: { data: PageData }) {
  const { verdict } = data
  return (
    <>
      <Top runId={data.runId} />
      <div class="page">
        <Contents data={data} />
        <main>
          <Hero data={data} />
          <TimelineSection timeline={data.timeline} phases={data.phases} />
          <Objectives verdict={verdict} emptyEvidence={data.emptyEvidence} />
          <Faults verdict={verdict} plans={data.faultPlans} />
          <Pages audits={data.audits} />
          <Instrument checks={data.checks} verdict={verdict} />
          <Reproduce commands={data.reproduce} />
          <footer>
            This file needs no network. <span class="mono">verdict.json</span> is the same for the same record
            and objectives, byte for byte.
          </footer>
        </main>
      </div>
    </>
  )
}

function Top({ runId }: { runId: string }) {
  const [theme, setTheme] = useState(currentTheme)
  useEffect(() => onTheme(() => setTheme(currentTheme())), [])
  const other = theme === 'dark' ? 'light' : 'dark'
  return (
    <header class="top">
      <div>
        <a class="brand" href="#verdict">
          <svg width="22" height="18" viewBox="0 0 22 18" aria-hidden="true">
            <path d="M18 1v16" stroke="currentColor" stroke-width="2.4" />
            <path d="M1 9h11" stroke="currentColor" stroke-width="2" />
            <circle cx="6.5" cy="9" r="3.4" fill="currentColor" />
          </svg>
          gauntlet
        </a>
        <span class="muted mono">{runId}</span>
        <button type="button" aria-label={`Use the ${other} theme`} onClick={toggleTheme}>
          {capital(other)}
        </button>
      </div>
    </header>
  )
}

function Contents({ data: { verdict, audits } }: { data: PageData }) {
  const tainted: ShapeName | undefined = verdict.findings.length > 0 ? 'invalid' : undefined
  const links: readonly (readonly [string, ShapeName | undefined])[] = [
    ['Verdict', verdict.verdict],
    ['Timeline', undefined],
    ['Objectives', undefined],
    ['Faults', undefined],
    ...(audits.length > 0 ? [['Pages', undefined] as const] : []),
    ['Instrument', tainted],
    ['Reproduce', undefined],
  ]
  return (
    <nav class="contents" aria-label="Sections">
      {links.map(([title, shape]) => (
        <a key={title} href={`#${title.toLowerCase()}`}>
          {title}
          {shape && (
            <span class={`is-${shape}`}>
              <Shape name={shape} size={13} />
            </span>
          )}
        </a>
      ))}
    </nav>
  )
}
