import { Type } from 'typebox'

/** netem's shares are text: `"25"`, `"0.5"`. */
export const Percent = Type.String({
  title: 'percentage',
  pattern: '^(100(\\.0*)?|[0-9]{1,2}(\\.[0-9]+)?)$',
  description: 'text with a number from 0 to 100, such as "25"',
})

/** 0–1 of `"25"`. */
export function percentRatio(text: string): number {
  return Number(text) / 100
}
