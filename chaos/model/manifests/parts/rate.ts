import { Type } from 'typebox'

const PATTERN = '^ *([0-9]+) *([kmgtKMGT]?)[bB][pP][sS] *$'

/** What `tc` and Chaos Mesh call a rate: bps are BYTES a second, and each prefix is 1024 times the one before. */
export const Rate = Type.String({
  title: 'rate',
  pattern: PATTERN,
  description: 'a whole number of bps, kbps, mbps, gbps or tbps (bytes a second), such as 1mbps',
})

/** Bytes a second of `1mbps`; undefined when the text is no rate. */
export function bytesPerSecond(text: string): number | undefined {
  const found = new RegExp(PATTERN).exec(text)
  if (found === null) return undefined
  const [, number, prefix = ''] = found
  return Number(number) * 1024 ** ('kmgt'.indexOf(prefix.toLowerCase() || '-') + 1)
}
