import { readSource, type SourceFile } from './read-source.ts'
import { type Place, type Repeat, SHORTEST_REPEAT_LINES } from './repeats.ts'

/**
 * Without the imports at the heads of files, which say where a file's words come from and are no code written twice. What
 * begins within them begins below them; what is then too short is none.
 */
export function belowImports(repeats: readonly Repeat[], sources: readonly SourceFile[]): Repeat[] {
  const named = new Set(repeats.flatMap(({ places }) => places.map(({ path }) => path)))
  const heads = new Map(
    sources.filter(({ path }) => named.has(path)).map((one) => [one.path, readSource(one).headLines]),
  )
  const within = ({ path, line }: Place): number => Math.max(0, (heads.get(path) ?? 0) - line + 1)
  return repeats
    .map((one) => cutBy(Math.max(...one.places.map(within)), one))
    .filter(({ lines }) => lines >= SHORTEST_REPEAT_LINES)
}

function cutBy(cut: number, { lines, places: [a, b] }: Repeat): Repeat {
  const below = ({ path, line }: Place): Place => ({ path, line: line + cut })
  return { lines: lines - cut, places: [below(a), below(b)] }
}
