/** What a text says as JSON; undefined when it is none, as when it was cut. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
