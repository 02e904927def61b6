import type { ComponentChildren } from 'preact'

interface SectionProps {
  readonly id: string
  readonly title: string
  readonly about?: string
  readonly children: ComponentChildren
}

export function Section({ id, title, about, children }: SectionProps) {
  return (
    <section id={id} aria-labelledby={`${id}-title`}>
      <header>
        <h2 id={`${id}-title`}>{title}</h2>
        {about && <p>{about}</p>}
      </header>
      {children}
    </section>
  )
}

/** A table that may be wider than a phone: it scrolls by itself, by keyboard too. */
export function WideTable({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="scroll" tabIndex={0} aria-label={label}>
      <table class="plain">{children}</table>
    </section>
  )
}
