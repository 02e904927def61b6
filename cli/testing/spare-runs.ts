import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { Compile } from 'typebox/compile'
import { Comparison, EXIT } from '../../reports/run/index.ts'
import { otherWorkWords, watchOtherWork } from '../house/instrument/other-work.ts'
import { type Answer, answerOf, type EndedCommand } from './gauntlet.ts'

/** What others on this machine do to a load generator, which then says so. */
export const OF_THE_MACHINE: readonly string[] = ['generator-starved', 'late-starts', 'blocks-lost']
/** Of the processors, on average over a run: others work in bursts, and runs were starved beside 0.16 and 0.21 of it. */
const EXCUSES = 0.1

interface Finding {
  readonly kind: string
  readonly why: string
}

interface Made<Run> {
  readonly run: () => Promise<Run>
  readonly findings: (run: Run) => readonly Finding[]
}

/**
 * Makes a run again that was invalid by the machine alone, `spare` times for all that it makes together. Where others
 * keep the machine too busy to learn anything the test is skipped, and the result undefined.
 */
export function createSpareRuns(spare: number) {
  let left = spare
  return async function made<Run extends { readonly exitCode: number | null }>(
    context: Pick<TestContext, 'skip'>,
    { run, findings }: Made<Run>,
  ): Promise<Run | undefined> {
    const work = watchOtherWork()
    const ended = await run()
    const found = findings(ended)
    if (!isOfTheMachine(found)) return ended
    const why = found.map((one) => one.why).join(' ')
    assert.equal(ended.exitCode, EXIT.invalid.code, why)
    const others = work.ratio()
    if (left-- > 0) return made(context, { run, findings })
    const words = otherWorkWords(others, EXCUSES)
    assert.ok(others > EXCUSES, `${why} Yet ${words}.`)
    context.skip(words)
    return undefined
  }
}

function isOfTheMachine(found: readonly Finding[]): boolean {
  return found.length > 0 && found.every(({ kind }) => OF_THE_MACHINE.includes(kind))
}

const madeInThisFile = createSpareRuns(2)

/**
 * What a command under load said, as `answerOf`: its run is made anew where the machine alone made it invalid. Undefined,
 * and the test is skipped, where others keep the machine too busy to learn anything.
 */
export async function answerUnderLoad(
  context: Pick<TestContext, 'skip'>,
  { run, code }: { readonly run: () => Promise<EndedCommand>; readonly code: number },
): Promise<Answer | undefined> {
  const ended = await madeInThisFile(context, { run, findings: findingsOf })
  return ended && answerOf(ended, code)
}

/**
 * What a run said, as `answerOf`, where its test asks for how the run ended and not for its verdict: a run that the
 * machine alone made invalid as well is not made anew, it exits as invalid with the same outcome.
 */
export function answerOrStarved(ended: EndedCommand, code: number): Answer {
  return answerOf(ended, isOfTheMachine(findingsOf(ended)) ? EXIT.invalid.code : code)
}

/** What spoilt the evidence of an invalid run or comparison; what ended otherwise is shown by whoever holds its code. */
export function findingsOf(ended: EndedCommand): readonly Finding[] {
  if (ended.exitCode !== EXIT.invalid.code) return []
  const { verdict, document } = answerOf(ended, EXIT.invalid.code)
  if (verdict !== undefined) return verdict.findings
  return isComparison.Check(document) ? document.findings : []
}

const isComparison = Compile(Comparison)
