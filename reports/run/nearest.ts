import { distance } from 'fastest-levenshtein'

/** The right words that a mistyped one is closest to, best first; empty when none is close. */
export function nearest(word: string, candidates: readonly string[], atMost = 2): string[] {
  const farthest = Math.max(2, Math.ceil(word.length * 0.4))
  return candidates
    .map((candidate) => ({ candidate, edits: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ edits }) => edits <= farthest)
    .sort((a, b) => a.edits - b.edits || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, atMost)
    .map(({ candidate }) => candidate)
}

/** What to say below an unknown word: the nearest ones, else all there are. */
export function nearestHint(word: string, candidates: readonly string[]): string {
  if (candidates.length === 0) return 'none is known here'
  const close = nearest(word, candidates)
  return close.length > 0 ? `nearest: ${close.join(', ')}` : `known here: ${candidates.join(', ')}`
}
