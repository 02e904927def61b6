import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { capital } from '../run/words/words.ts'
import { Shape, type ShapeName } from './shape.tsx'
import { currentTheme, onTheme, toggleTheme } from './theme.ts'

/** A section by its title, with a shape where a reader should look. */
export type SectionLink = readonly [title: string, shape: ShapeName | undefined]

interface FrameProps {
  readonly runId: string
  readonly links: readonly SectionLink[]
  readonly children: ComponentChildren
}

/** What stands around the sections of every page. */
export function Frame({ runId, links, children }: FrameProps) {
  return (
    <>
      <Top runId={runId} />
      <div class="page">
        <Contents links={links} />
        <main>{children}</main>
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

function Contents({ links }: { links: readonly SectionLink[] }) {
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
