/** One of them, each as likely. */
export function pick<Item>(items: readonly [Item, ...Item[]]): Item {
  return items[Math.floor(Math.random() * items.length)] ?? items[0]
}

/** A whole number from 1 to `last`. */
export function pickId(last: number): number {
  return 1 + Math.floor(Math.random() * last)
}
