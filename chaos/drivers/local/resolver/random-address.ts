import type { Question } from './message.ts'

/** Never kept by anybody: the next question shall see the truth. */
const TTL_SECONDS = 0
const POINTER_TO_QUESTION = 0xc00c
const CLASS_INTERNET = 1
/**
 * Documentation networks (RFC 5737, RFC 3849): nobody is there, so what the target sends reaches no stranger.
 * Chaos Mesh takes any address.
 */
const NETWORKS = {
  A: { type: 1, prefix: [198, 51, 100], bytes: 4 },
  AAAA: { type: 28, prefix: [0x20, 0x01, 0x0d, 0xb8], bytes: 16 },
} as const

/** A record with a random address for the name that was asked for, or undefined when it was not asked for an address. */
export function randomAddress({ type }: Question, random: () => number): Buffer | undefined {
  if (type !== 'A' && type !== 'AAAA') return undefined
  const { prefix, bytes, type: code } = NETWORKS[type]
  const head = Buffer.alloc(12)
  head.writeUInt16BE(POINTER_TO_QUESTION, 0)
  head.writeUInt16BE(code, 2)
  head.writeUInt16BE(CLASS_INTERNET, 4)
  head.writeUInt32BE(TTL_SECONDS, 6)
  head.writeUInt16BE(bytes, 10)
  const host = Array.from({ length: bytes - prefix.length }, () => Math.floor(random() * 256))
  return Buffer.concat([head, Buffer.from([...prefix, ...host])])
}
