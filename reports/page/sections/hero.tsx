import type { Outcome } from '../../run/run.ts'
import type { RunVerdict } from '../../run/verdict.ts'
import { capital } from '../../run/words/words.ts'
import { Shape } from '../shape.tsx'
import { Words } from '../words.tsx'

export interface Answer {
  readonly name: string
  readonly title: string
  readonly word: string
  /** its shape and colour */
  readonly shape: RunVerdict
  readonly exitCode: number
  readonly outcome: Outcome
  readonly why: string
  /** the row of facts below it: name and words */
  readonly summary: readonly (readonly [string, string])[]
}

/** May we ship? The word, the exit code, one sentence of why. */
export function Hero({ answer }: { answer: Answer }) {
  const { name, title, word, shape, exitCode, outcome, why, summary } = answer
  return (
    <div class={`hero ${shape}`} id="verdict" data-verdict={word} data-exit-code={exitCode}>
      <h1>
        {name} <span class="muted">{title}</span>
      </h1>
      <div class="word">
        <Shape name={shape} size={36} />
        <b>{capital(word)}</b>
        <span class="chip">exit {exitCode}</span>
        {outcome !== 'completed' && <span class="chip">{outcome}</span>}
      </div>
      <p class="why">
        <Words>{why}</Words>
      </p>
      <dl class="summary">
        {summary.map(([name, words]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <Words>{words}</Words>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
