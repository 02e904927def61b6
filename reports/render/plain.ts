import { plainText } from '../run/words/words.ts'

export const COLUMNS = 80

const PLAIN: Readonly<Record<string, string>> = {
  ...{ '–': '-', '−': '-', '×': 'x', '…': '...', '›': '>', '≤': '<=', '≥': '>=' },
}

/** Our own typography in ASCII, and names from outside without control characters. */
export function ascii(text: string): string {
  return plainText(text).replace(/[–−×…›≤≥]/g, (character) => PLAIN[character] ?? character)
}

/** A text too long for its column is cut in the middle: both ends of a name tell something. */
export function fit(text: string, width: number): string {
  if (text.length <= width) return text
  const kept = width - 3
  return `${text.slice(0, Math.ceil(kept / 2))}...${text.slice(text.length - Math.floor(kept / 2))}`
}

export function column(text: string, width: number): string {
  return fit(text, width - 1).padEnd(width)
}

/** Lines of at most 80 columns, each after `indent`; a word longer than a line is cut. */
export function wrap(text: string, indent = ''): string[] {
  const width = COLUMNS - indent.length
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ').map((one) => fit(one, width))) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = ''
    }
    line += (line === '' ? '' : ' ') + word
  }
  return [...lines, line].map((one) => (indent + one).trimEnd())
}
