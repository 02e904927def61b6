import { list } from '../../../reports/run/index.ts'
import type { Finding } from './finding.ts'
import { goDurationMs } from './parts/duration.ts'
import { valuesAt } from './values-at.ts'

/** Fields that the spec's action cannot do without. */
export function missingOf(spec: unknown, needs: Readonly<Record<string, readonly string[]>>): Finding[] {
  return valuesAt(spec, ['action']).flatMap(({ value: action }) =>
    (needs[String(action)] ?? [])
      .filter((field) => valuesAt(spec, [field]).length === 0)
      .map((field) => ({ path: ['action'], message: `action ${action} needs "${field}", which is missing` })),
  )
}

/** `fixed` needs a count, both kinds of percent a share above 0. */
export function misfitsOfMode(spec: unknown): Finding[] {
  return [[], ['target']].flatMap((at) =>
    valuesAt(spec, [...at, 'mode']).flatMap(({ value: mode }) => {
      const expected = EXPECTED.get(mode)
      const [given] = valuesAt(spec, [...at, 'value'])
      // of what is no text the schema complains
      if (expected === undefined || (given && typeof given.value !== 'string')) return []
      if (given && expected.is.test(String(given.value))) return []
      const said =
        given === undefined ? 'needs "value", which is missing' : `cannot be of value "${given.value}"`
      return [
        { path: [...at, given ? 'value' : 'mode'], message: `mode ${mode} ${said}`, hint: expected.hint },
      ]
    }),
  )
}

const share = {
  is: /^(100|[1-9][0-9]?)$/,
  hint: 'expected text with a whole number from 1 to 100, such as "50"',
}
const EXPECTED = new Map<unknown, { readonly is: RegExp; readonly hint: string }>([
  ['fixed', { is: /^[1-9][0-9]*$/, hint: 'expected text with a whole number above 0, such as "2"' }],
  ['fixed-percent', share],
  ['random-max-percent', share],
])

/** Chaos Mesh takes `0s`; a fault that is taken back as it begins cannot be proven. */
export function noLength(spec: unknown): Finding[] {
  return valuesAt(spec, ['duration'])
    .filter(({ value }) => typeof value === 'string' && goDurationMs(value) === 0)
    .map(({ path }) => ({
      path,
      message: 'a fault of no length',
      hint: 'expected a duration above 0, or none',
    }))
}

/** In and NotIn ask for values, Exists and DoesNotExist for none. */
export function misfitsOfRequirements(spec: unknown): Finding[] {
  return [['selector'], ['target', 'selector']].flatMap((at) =>
    valuesAt(spec, [...at, 'expressionSelectors', '*']).flatMap(({ path, value }) => {
      const [operator] = valuesAt(value, ['operator']).map((one) => String(one.value))
      const asks = operator === 'In' || operator === 'NotIn'
      const count = valuesAt(value, ['values', '*']).length
      if (operator === undefined || count > 0 === asks) return []
      return [{ path, message: `operator ${operator} ${asks ? 'needs' : 'takes no'} values` }]
    }),
  )
}

/** One of these at least must be there. */
export function noneOf(spec: object, fields: readonly string[], said: string): Finding[] {
  if (fields.some((field) => valuesAt(spec, [field]).length > 0)) return []
  return [{ path: [], message: said, hint: `expected at least one of ${list(fields)}` }]
}
