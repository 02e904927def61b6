import { setTimeout as pause } from 'node:timers/promises'
import { malformedReply, type Question, RCODE, readQuestion, reply } from './message.ts'
import { randomAddress } from './random-address.ts'
import { type CountedRule, type RuleBook, ruleFor } from './rule-book.ts'

export interface Counts {
  forwarded: number
  unanswered: number
  malformed: number
}

export interface AnswererOptions {
  readonly book: () => RuleBook
  readonly counts: Counts
  readonly random: () => number
}

/** Answers a message, or leaves it unanswered; `ask` reaches the upstream by the same transport. */
export type Answerer = (
  message: Buffer,
  ask: (query: Buffer) => Promise<Buffer | undefined>,
) => Promise<Buffer | undefined>

/** What to say to whatever comes: by a rule if one fits the name, else what the upstream says. */
export function createAnswerer({ book, counts, random }: AnswererOptions): Answerer {
  return async (message, ask) => {
    const question = readQuestion(message)
    if (question === 'none' || question === 'malformed') {
      counts.malformed += 1
      return question === 'malformed' ? malformedReply(message) : undefined
    }
    const current = book()
    const found = ruleFor(current, question.name)
    const ruled = found && (await answerByRule(found, question, { current, random }))
    if (ruled !== undefined) return ruled === 'silence' ? undefined : ruled
    counts.forwarded += 1
    const answer = await ask(message)
    if (answer === undefined) counts.unanswered += 1
    return answer ?? reply(question.head, RCODE.serverFailure)
  }
}

/** Undefined: the upstream shall answer. */
async function answerByRule(
  found: CountedRule,
  question: Question,
  { current, random }: { readonly current: RuleBook; readonly random: () => number },
): Promise<Buffer | 'silence' | undefined> {
  found.asked += 1
  const { rule } = found
  const address = rule.action === 'random' ? randomAddress(question, random) : undefined
  if (rule.action === 'random' && address === undefined) return undefined
  found.failed += 1
  switch (rule.action) {
    case 'error':
      return reply(question.head, RCODE.serverFailure)
    case 'nxdomain':
      return reply(question.head, RCODE.nameError)
    case 'random':
      return reply(question.head, RCODE.noError, address && [address])
    case 'timeout':
      return 'silence'
    case 'delay':
      await pause(rule.delayMs, undefined, { signal: current.replaced.signal }).catch(() => {})
      return undefined
    default:
      rule satisfies never
  }
}
