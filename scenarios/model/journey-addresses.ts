/** An address of the target as a journey sees it: `gateway` is `GAUNTLET_URL_GATEWAY`. */
export function addressVariable(name: string): string {
  return `GAUNTLET_URL_${name.toUpperCase().replaceAll('-', '_')}`
}

/** A place at which a journey reads an address; lines and columns from 1. */
export interface AddressRead {
  readonly variable: string
  readonly line: number
  readonly column: number
  readonly excerpt: string
}

// What has another value to fall back on may be missing.
const READ = /__ENV\s*(?:\.|\[\s*['"`])(?<variable>GAUNTLET_URL_\w+)\b(?!['"`]?\s*\]?\s*(?:\?|\|\|))/g
const IS_COMMENT = /^\s*(\/\/|\*|\/\*)/

/** The addresses that the text of a journey reads by name. k6 gives `undefined` for one that is not there, and loads that. */
export function addressReads(text: string): AddressRead[] {
  return text.split(/\r?\n/).flatMap((excerpt, at) =>
    IS_COMMENT.test(excerpt)
      ? []
      : [...excerpt.matchAll(READ)].map((match) => {
          const variable = match.groups?.['variable'] ?? ''
          return {
            variable,
            line: at + 1,
            column: match.index + match[0].length - variable.length + 1,
            excerpt,
          }
        }),
  )
}
