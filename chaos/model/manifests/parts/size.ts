import { Type } from 'typebox'

const PATTERN = '^([0-9]+(\\.[0-9]+)?) ?([kKmMgGtTpP]?)(i?)[bB]?$'
const PERCENT = '^(100|[0-9]{1,2})%$'

/** Bytes as Kubernetes, Docker and stress-ng write them. */
export const Size = Type.String({
  title: 'size',
  pattern: PATTERN,
  description: 'a number of bytes with a unit, such as 256MB or 1Gi',
})

export const SizeOrPercent = Type.String({
  title: 'size',
  pattern: `${PATTERN}|${PERCENT}`,
  description: 'a number of bytes with a unit, such as 256MB or 1Gi, or a share such as 50%',
})

/** Bytes of `256MB` (powers of 1000) or `1Gi` (of 1024); undefined when the text is no size. */
export function sizeBytes(text: string): number | undefined {
  const found = new RegExp(PATTERN).exec(text)
  if (found === null) return undefined
  const [, number, , prefix = '', binary] = found
  const power = prefix === '' ? 0 : 'kmgtp'.indexOf(prefix.toLowerCase()) + 1
  return Math.round(Number(number) * (binary ? 1024 : 1000) ** power)
}

/** 0–1 of `50%`; undefined when the text is no share. */
export function shareRatio(text: string): number | undefined {
  return new RegExp(PERCENT).test(text) ? Number(text.slice(0, -1)) / 100 : undefined
}
