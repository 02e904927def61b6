/**
 * Whether a path fits a pattern as Chaos Mesh writes it: `*` is any run of characters, slashes too, `?` is one
 * character. Only the last `*` is ever tried again, so the time is at most the product of both lengths.
 */
export function fitsPattern(pattern: string, path: string): boolean {
  let at = 0
  let inPattern = 0
  let star = -1
  let starAt = 0
  while (at < path.length) {
    const wanted = pattern[inPattern]
    if (wanted === '*') {
      star = inPattern++
      starAt = at
    } else if (wanted === '?' || wanted === path[at]) {
      inPattern++
      at++
    } else if (star === -1) return false
    else {
      inPattern = star + 1
      at = ++starAt
    }
  }
  return /^\**$/.test(pattern.slice(inPattern))
}
