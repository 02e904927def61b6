const LONGEST = 40

/** A name of others as a name of ours: lower-case letters, digits and hyphens, at most 40. */
export function labelOf(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST)
    .replace(/^-|-$/g, '')
  return plain === '' ? 'unnamed' : plain
}

/**
 * The label of each, by its name. One that is a label keeps it: an objective that names it means no other. Of others
 * that would have the same label, each is numbered: without a number it would be a guess which of them is meant.
 */
export function labelsOf(names: Iterable<string>): ReadonlyMap<string, string> {
  const alike = Map.groupBy(new Set(names), labelOf)
  const labels = new Map<string, string>()
  for (const [label, group] of alike) {
    const its = group.length === 1 ? group[0] : group.find((name) => name === label)
    if (its !== undefined) labels.set(its, label)
  }
  const taken = new Set(labels.values())
  for (const name of [...alike.values()].flat()) {
    if (labels.has(name)) continue
    const label = numbered(labelOf(name), taken)
    labels.set(name, label)
    taken.add(label)
  }
  return labels
}

function numbered(plain: string, taken: ReadonlySet<string>): string {
  for (let n = taken.has(plain) ? 2 : 1; ; n += 1) {
    const ending = `-${n}`
    const label = plain.slice(0, LONGEST - ending.length).replace(/-$/, '') + ending
    if (!taken.has(label)) return label
  }
}
