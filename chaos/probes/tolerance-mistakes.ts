import { compile, JSONPathError } from 'json-p3'
import { messageOf } from '../../reports/run/index.ts'
import type { Tolerance } from './planned-probe.ts'
import type { Mistake } from './probe-kind.ts'

/** What the schema cannot tell of a tolerance; the paths lead on from it. */
export function mistakesOfTolerance(tolerance: Tolerance): Mistake[] {
  if (typeof tolerance !== 'object' || tolerance === null || Array.isArray(tolerance)) return []
  if ('regex' in tolerance) return mistakesOfRegex(tolerance.regex)
  if ('jsonpath' in tolerance) return mistakesOfPath(tolerance)
  const { min = -Infinity, max = Infinity } = tolerance
  return min <= max ? [] : [{ path: ['max'], message: `from ${min} to ${max} there is nothing` }]
}

function mistakesOfRegex(regex: string): Mistake[] {
  try {
    new RegExp(regex, 'u')
    return []
  } catch (error) {
    const message = messageOf(error)
    return [
      { path: ['regex'], message: lowerCase(message), hint: 'expected as in JavaScript with its flag u' },
    ]
  }
}

function mistakesOfPath({ jsonpath, exists, expect }: Extract<Tolerance, { jsonpath: string }>): Mistake[] {
  const both: Mistake[] =
    exists === undefined || expect === undefined
      ? []
      : [
          {
            path: ['exists'],
            message: 'exists beside expect',
            hint: 'what is expected must exist in any case',
          },
        ]
  const inner = expect === undefined ? [] : mistakesOfTolerance(expect)
  return [
    ...mistakesOfSyntax(jsonpath),
    ...both,
    ...inner.map((one) => ({ ...one, path: ['expect', ...one.path] })),
  ]
}

function mistakesOfSyntax(jsonpath: string): Mistake[] {
  try {
    compile(jsonpath)
    return []
  } catch (error) {
    if (!(error instanceof JSONPathError)) throw error
    // Its message ends with the place in a form of its own: ('$.a[':4)
    const why = error.message.replace(/ \('.*$/s, '')
    const message = `no JSON path: ${why} at character ${error.token.index + 1}`
    return [{ path: ['jsonpath'], message, hint: 'expected as in RFC 9535, such as $.status' }]
  }
}

const lowerCase = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)
