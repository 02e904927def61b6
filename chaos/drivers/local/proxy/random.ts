import { mulberry32 } from '../../../../slo/judge/statistics/mulberry32.ts'

/** Numbers in [0, 1) that the same words give again. */
export function randomOf(...words: readonly (string | number)[]): () => number {
  return mulberry32(fnv1a(words.join(' ')))
}

/** FNV-1a, 32 bits (Fowler, Noll, Vo). */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash >>> 0
}
