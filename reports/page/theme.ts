/** Light or dark: the system's choice until the reader makes one; paper is always light. */
export type Theme = 'light' | 'dark'

const dark = matchMedia('(prefers-color-scheme: dark)')
const listeners = new Set<() => void>()
let chosen: Theme | undefined
let printing = false

export function currentTheme(): Theme {
  if (printing) return 'light'
  return chosen ?? (dark.matches ? 'dark' : 'light')
}

export function toggleTheme(): void {
  chosen = currentTheme() === 'dark' ? 'light' : 'dark'
  apply()
}

/** Calls back after each change of the theme; returns how to stop that. */
export function onTheme(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** A token of the theme in force, for what is drawn on a canvas. */
export function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim()
}

export function startTheme(): void {
  dark.addEventListener('change', apply)
  addEventListener('beforeprint', () => print(true))
  addEventListener('afterprint', () => print(false))
  apply()
}

function print(isPrinting: boolean): void {
  printing = isPrinting
  if (isPrinting) for (const details of document.querySelectorAll('details')) details.open = true
  apply()
}

function apply(): void {
  document.documentElement.dataset['theme'] = currentTheme()
  for (const listener of listeners) listener()
}
