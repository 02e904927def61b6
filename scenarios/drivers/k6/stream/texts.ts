const SLOTS = 8192
/** Longer ones are read anew each time: who repeats them is rare, and each would be kept. */
const LONGEST = 256

interface Known {
  readonly bytes: Uint8Array
  readonly text: string
}

/**
 * Text of the stream, which says the same few things again and again: what is known already is found by its bytes, and
 * no string is made. A new text takes the slot of another, so it never grows.
 */
export class Texts {
  readonly #slots: (Known | undefined)[] = new Array(SLOTS).fill(undefined)

  /** A field of a CSV row; the quotes around it and those doubled in it are taken off. */
  of(bytes: Buffer, from: number, to: number): string {
    if (from === to) return ''
    if (to - from > LONGEST) return unquoted(bytes, from, to)
    let hash = 0
    for (let at = from; at < to; at += 1) hash = (Math.imul(hash, 31) + bytes[at]!) | 0
    const slot = (hash ^ (hash >>> 15)) & (SLOTS - 1)
    const known = this.#slots[slot]
    if (known !== undefined && isSame(known.bytes, bytes, from, to)) return known.text
    const text = unquoted(bytes, from, to)
    this.#slots[slot] = { bytes: Uint8Array.prototype.slice.call(bytes, from, to), text }
    return text
  }
}

function isSame(known: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (known.length !== to - from) return false
  for (let at = 0; at < known.length; at += 1) if (known[at] !== bytes[from + at]) return false
  return true
}

const QUOTE = 34

/** The text of a field, however often it comes. */
export function unquoted(bytes: Buffer, from: number, to: number): string {
  if (bytes[from] !== QUOTE) return bytes.toString('utf8', from, to)
  return bytes.toString('utf8', from + 1, to - 1).replaceAll('""', '"')
}
