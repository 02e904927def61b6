import { compile, type JSONValue } from 'json-p3'
import { messageOf } from '../../reports/run/index.ts'
import type { Tolerance } from './planned-probe.ts'
import { TOO_LONG, withinTime } from './within-time.ts'

/** A regular expression reads no further than this. */
export const REGEX_READS_CHARACTERS = 64 * 1024

export interface Judged {
  readonly held: boolean
  /** what else is worth telling of the comparison; in words */
  readonly why?: string
}

/** Whether an answer is normal. What cannot be compared, such as a range of something that is no number, is not. */
export function judge(tolerance: Tolerance, value: unknown): Judged {
  return withinTime(() => compare(tolerance, value)) ?? { held: false, why: TOO_LONG }
}

function compare(tolerance: Tolerance, value: unknown): Judged {
  if (Array.isArray(tolerance)) return { held: tolerance.some((one) => equals(one, value)) }
  if (typeof tolerance !== 'object' || tolerance === null) return { held: equals(tolerance, value) }
  if ('regex' in tolerance) return matches(tolerance.regex, value)
  if ('jsonpath' in tolerance) return judgePath(tolerance, value)
  return judgeRange(tolerance, value)
}

type Literal = string | number | boolean | null

/** The text of a number is that number, as programs print it. */
const equals = (literal: Literal, value: unknown): boolean =>
  typeof literal === 'number' ? numberOf(value) === literal : value === literal

function judgeRange(
  { min = -Infinity, max = Infinity }: { min?: number; max?: number },
  value: unknown,
): Judged {
  const figure = numberOf(value)
  return figure === undefined ? { held: false, why: 'no number' } : { held: min <= figure && figure <= max }
}

function numberOf(value: unknown): number | undefined {
  const figure = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof figure === 'number' && Number.isFinite(figure) ? figure : undefined
}

/** Anywhere in the text, as far as it is read. */
function matches(regex: string, value: unknown): Judged {
  if (value === undefined) return { held: false, why: 'nothing to read' }
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const read = text.slice(0, REGEX_READS_CHARACTERS)
  const held = new RegExp(regex, 'u').test(read)
  return { held, ...(read.length < text.length ? { why: 'only its first 64 KiB were read' } : {}) }
}

type PathTolerance = Extract<Tolerance, { jsonpath: string }>

/** Without `expect` it is enough that something is found; with it, all that is found must be normal, and something must. */
function judgePath({ jsonpath, exists = true, expect }: PathTolerance, value: unknown): Judged {
  const json = jsonOf(value)
  if (json === undefined) return { held: false, why: 'no JSON' }
  const found = findAt(jsonpath, json)
  if (typeof found === 'string') return { held: false, why: found }
  if (expect === undefined) return { held: found.length > 0 === exists }
  if (found.length === 0) return { held: false, why: 'the path finds nothing' }
  return { held: found.every((one) => compare(expect, one).held) }
}

/** What the path finds; or why it failed, in words. */
function findAt(jsonpath: string, json: JSONValue): JSONValue[] | string {
  try {
    return compile(jsonpath).query(json).values()
  } catch (error) {
    return `the path failed: ${messageOf(error)}` // JSON that goes too deep
  }
}

/** Text is read as JSON; what is no text is JSON already. */
function jsonOf(value: unknown): JSONValue | undefined {
  if (value === undefined) return undefined
  try {
    const json: JSONValue = JSON.parse(typeof value === 'string' ? value : JSON.stringify(value))
    return json
  } catch {
    return undefined
  }
}
