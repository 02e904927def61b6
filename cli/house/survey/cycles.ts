import { alg, Graph } from '@dagrejs/graphlib'

/** From a file or folder to those that it imports. */
export type Imports = ReadonlyMap<string, ReadonlySet<string>>

/** Groups whose members all reach each other, the largest first, each sorted. */
export function cyclesOf(imports: Imports): string[][] {
  const graph = new Graph()
  for (const [from, imported] of imports) for (const to of imported) graph.setEdge(from, to)
  return alg
    .findCycles(graph)
    .map((group) => group.toSorted())
    .sort((a, b) => b.length - a.length)
}

/**
 * Pairs of folders that import each other. Of two where one lies in the other nothing is said: a part knows the types of
 * the whole, and the whole its parts.
 */
export function mutualFolders(imports: Imports): [string, string][] {
  const folders = betweenFolders(imports)
  return [...folders].flatMap(([from, imported]) =>
    [...imported]
      .filter((to) => from < to && folders.get(to)?.has(from) && !isWithin(from, to) && !isWithin(to, from))
      .map((to): [string, string] => [from, to]),
  )
}

function betweenFolders(imports: Imports): Imports {
  const folders = new Map<string, Set<string>>()
  for (const [file, imported] of imports) {
    const from = folderOf(file)
    const known = folders.get(from) ?? new Set()
    for (const other of imported) known.add(folderOf(other))
    folders.set(from, known)
  }
  return folders
}

const isWithin = (inner: string, outer: string): boolean => inner.startsWith(`${outer}/`)

function folderOf(file: string): string {
  return file.slice(0, Math.max(0, file.lastIndexOf('/')))
}
