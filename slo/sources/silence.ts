/** How many seconds in a row were silent at most, in any of these stretches. */
export function longestSilence(stretches: readonly (readonly boolean[])[]): number {
  let longest = 0
  for (const silences of stretches) {
    let silent = 0
    for (const isSilent of silences) {
      silent = isSilent ? silent + 1 : 0
      longest = Math.max(longest, silent)
    }
  }
  return longest
}
