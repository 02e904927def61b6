/** Whether a name fits a pattern with `*` and `?`, whatever its case. Takes pattern × name steps at worst. */
export function fits(name: string, pattern: string): boolean {
  const [text, glob] = [normal(name), normal(pattern)]
  let [at, in_] = [0, 0]
  // where to go on when what follows the last star does not fit: the star takes one character more
  let star: { readonly glob: number; text: number } | undefined
  while (at < text.length) {
    const wanted = glob[in_]
    if (wanted === '*') {
      star = { glob: ++in_, text: at }
    } else if (wanted !== undefined && (wanted === '?' || wanted === text[at])) {
      at += 1
      in_ += 1
    } else if (star !== undefined) {
      star.text += 1
      at = star.text
      in_ = star.glob
    } else return false
  }
  return /^\**$/.test(glob.slice(in_))
}

/** Names are the same in any case, and with or without the dot of the root (RFC 4343). */
function normal(name: string): string {
  return name.toLowerCase().replace(/(?<=.)\.$/, '')
}
