import { plainText } from '../../reports/run/index.ts'

const MASK = '***'

/** Headers that open something: that they are there may be told, what they hold may not. */
const SECRET_HEADER = /authorization|cookie|token|secret|api-?key/i

// A search for :// never crosses a slash or a blank, and one for a key no blank within it: both take linear time.
const USER_INFO = /:\/\/[^\s/]*@/g
const KEY = /\b(bearer|basic) [\w.~+/=-]{12,}/gi

/** The headers of an answer without what opens something. */
export function withoutSecrets(headers: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, SECRET_HEADER.test(name) ? MASK : value]),
  )
}

/** An address without its user and password; its query, which may hold a key, is only hinted at. */
export function shownUrl(url: string): string {
  const { protocol, host, pathname, search } = new URL(url)
  return `${protocol}//${host}${pathname}${search === '' ? '' : '?…'}`
}

/** A value in words. */
export function shown(value: unknown, most: number): string {
  if (value === undefined) return 'nothing'
  return oneLine(typeof value === 'string' ? `"${value}"` : JSON.stringify(value), most)
}

/** One harmless line of at most so many characters, without passwords and bearer tokens. */
export function oneLine(text: string, most: number): string {
  const masked = text.replace(/\s+/g, ' ').replace(USER_INFO, `://${MASK}@`).replace(KEY, `$1 ${MASK}`)
  const line = plainText(masked.slice(0, most + 1))
  return line.length <= most ? line : `${line.slice(0, most - 1)}…`
}
