import type { ComponentChildren, JSX } from 'preact'
import type { RunVerdict } from '../run/verdict.ts'

export type ShapeName = RunVerdict | 'none'

/** Filled shapes decide, outlined ones do not. */
const DRAWN: Readonly<Record<ShapeName, JSX.Element>> = {
  met: (
    <>
      <circle cx="8" cy="8" r="7" fill="currentColor" />
      <path d="M4.6 8.3l2.3 2.3 4.5-4.9" fill="none" stroke="var(--bg)" stroke-width="1.8" />
    </>
  ),
  violated: (
    <>
      <path d="M5 1h6l4 4v6l-4 4H5l-4-4V5z" fill="currentColor" />
      <path d="M5.3 5.3l5.4 5.4M10.7 5.3l-5.4 5.4" stroke="var(--bg)" stroke-width="1.8" />
    </>
  ),
  inconclusive: (
    <>
      <path d="M8 .9L15.1 8 8 15.1.9 8z" fill="none" stroke="currentColor" stroke-width="1.6" />
      <path d="M4.8 8h6.4" stroke="currentColor" stroke-width="1.8" />
    </>
  ),
  invalid: (
    <>
      <path d="M8 1.3l7 13H1z" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linejoin="round" />
      <path d="M8 5.8v4.4M8 11.4v1.6" stroke="currentColor" stroke-width="1.7" />
    </>
  ),
  none: (
    <circle
      cx="8"
      cy="8"
      r="6.4"
      fill="none"
      stroke="currentColor"
      stroke-width="1.4"
      stroke-dasharray="2.6 2.4"
    />
  ),
}

export function Shape({ name, size = 16 }: { name: ShapeName; size?: number }) {
  return (
    <svg class="shape" width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
      {DRAWN[name]}
    </svg>
  )
}

/** A verdict is a shape and a word; colour only repeats it. */
export function Word({ name, children }: { name: ShapeName; children: ComponentChildren }) {
  return (
    <span class={`verdict is-${name}`}>
      <Shape name={name} />
      {children}
    </span>
  )
}
