import { randomBytes } from 'node:crypto'

/** Crockford's alphabet: no letter is mistaken for a digit, and text order is number order. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** `ord-`, ten characters of milliseconds since 1970, sixteen of chance: sorts by time, meets no other. */
export function makeOrderId(nowMs: number): string {
  return `ord-${encodeTime(nowMs)}${encodeChance()}`
}

function encodeTime(ms: number): string {
  let rest = Math.floor(ms)
  let text = ''
  for (let place = 0; place < 10; place += 1) {
    text = alphabet.charAt(rest % 32) + text
    rest = Math.floor(rest / 32)
  }
  return text
}

function encodeChance(): string {
  return Array.from(randomBytes(16), (byte) => alphabet.charAt(byte % 32)).join('')
}
