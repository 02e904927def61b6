const LONGEST = 40

/** Names of others as names of ours: lower-case letters, digits and hyphens, at most 40, each its own. */
export class Labels {
  readonly #labels = new Map<string, string>()
  readonly #taken = new Set<string>()

  of(name: string): string {
    const known = this.#labels.get(name)
    if (known !== undefined) return known
    const plain = name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, LONGEST)
      .replace(/^-|-$/g, '')
    const label = this.#free(plain === '' ? 'unnamed' : plain)
    this.#labels.set(name, label)
    this.#taken.add(label)
    return label
  }

  #free(plain: string): string {
    let label = plain
    for (let n = 2; this.#taken.has(label); n += 1) {
      const ending = `-${n}`
      label = plain.slice(0, LONGEST - ending.length).replace(/-$/, '') + ending
    }
    return label
  }
}
