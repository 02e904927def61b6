import { capital } from '../../run/words.ts'
import type { PageData } from '../page-data.ts'
import { Shape } from '../shape.tsx'

/** May we ship? The word, the exit code, one sentence of why. */
export function Hero({ data }: { data: PageData }) {
  const { verdict, exitCode, outcome, why } = data.verdict
  return (
    <div class={`hero ${verdict}`} id="verdict" data-verdict={verdict} data-exit-code={exitCode}>
      <h1>
        {data.plan.name} <span class="muted">{data.plan.title}</span>
      </h1>
      <div class="word">
        <Shape name={verdict} size={36} />
        <b>{capital(verdict)}</b>
        <span class="chip">exit {exitCode}</span>
        {outcome !== 'completed' && <span class="chip">{outcome}</span>}
      </div>
      <p class="why">{inPieces(why)}</p>
      <dl class="summary">
        {data.summary.map(([name, words]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

/** An interval such as `(352–385)` is never broken over two lines. */
function inPieces(why: string) {
  return why.split(/(\([\d.,]+–[\d.,]+\))/).map((piece, index) =>
    index % 2 === 0 ? (
      piece
    ) : (
      <span key={piece} class="nowrap">
        {piece}
      </span>
    ),
  )
}
