import { createHash } from 'node:crypto'
import type { ComparedFigure, Comparison } from '../run/comparison.ts'
import { capital, list, plainText } from '../run/words.ts'
import { worseFirst } from './comparison.ts'
import {
  amount,
  bothSides,
  COMPARISON_WORDS,
  changeWords,
  FIGURE_WORDS,
  scheduleWords,
  sideWords,
} from './comparison-words.ts'
import { escapeHtml } from './html.ts'

/** One file that needs no network and no program: a table with a picture of each figure. */
export function comparisonHtml(comparison: Comparison): string {
  const { verdict, exitCode, why, base, head, plan, leftOut, findings } = comparison
  const word = capital(COMPARISON_WORDS[verdict])
  const facts = [
    ['base', sideWords(base)],
    ['head', sideWords(head)],
    ['load', `plan ${plan}, ${scheduleWords(comparison)}`],
    ...(leftOut.length === 0 ? [] : [['not compared', list(leftOut)] as const]),
    ...findings.flatMap((one) => [['tainted', one.why] as const, ['to do', one.hint] as const]),
  ] as const
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${hashOf(STYLE)}; base-uri 'none'; form-action 'none'">
<title>${words(`${word} · ${head.name} ${head.version} · gauntlet`)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1 class="${verdict}">${word} <small>exit ${exitCode}</small></h1>
<p>${words(why)}</p>
<table>
<tr><th>objective</th><th>verdict</th><th>figure</th><th>change, and where it lies</th><th>base, head</th></tr>
${worseFirst(comparison.objectives).map(objectiveRows).join('\n')}
</table>
<p class="key">A dot is a pair of neighbouring blocks, the bar the interval of their median; the dashed line is the greatest change that is no regression.</p>
<dl>${facts.map(([name, text]) => `<dt>${name}</dt><dd>${words(text)}</dd>`).join('')}</dl>
</body>
</html>
`
}

function objectiveRows({ name, promised, advisory, figures }: Comparison['objectives'][number]): string {
  const promise = [promised, advisory ? 'advisory' : ''].filter((one) => one !== '').join(', ')
  return figures
    .map(
      (figure, n) => `<tr><td>${n === 0 ? `${words(name)}<br><small>${words(promise)}</small>` : ''}</td>
<td class="${figure.verdict}">${COMPARISON_WORDS[figure.verdict]}</td><td>${FIGURE_WORDS[figure.what]}</td>
<td>${words(changeWords(figure))}<br>${picture(figure)}<br><small>${words(figure.why)}</small></td>
<td>${words(bothSides(figure))}</td></tr>`,
    )
    .join('\n')
}

const [WIDTH, HEIGHT] = [320, 34]

/** Zero is in the middle; four times the tolerance is at either end, and what lies beyond stands there. */
function picture({ change, low, high, tolerance, byPair, verdict, what }: ComparedFigure): string {
  if (change === null) return ''
  const x = (value: number): string => {
    const place = Math.max(-1, Math.min(1, value / (4 * tolerance)))
    return (WIDTH / 2 + (place * (WIDTH - 12)) / 2).toFixed(1)
  }
  const dots = byPair.map((one, n) => `<circle cx="${x(one)}" cy="${6 + (n % 5) * 3}" r="1.5"/>`)
  const bar =
    low === null || high === null
      ? ''
      : `<line class="${verdict}" x1="${x(low)}" x2="${x(high)}" y1="25" y2="25" stroke-width="4"/>`
  return `<svg width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${words(
    `up to ${amount(tolerance, what)} is no regression`,
  )}"><line x1="${x(0)}" x2="${x(0)}" y1="0" y2="${HEIGHT}"/><line class="limit" x1="${x(tolerance)}" x2="${x(
    tolerance,
  )}" y1="0" y2="${HEIGHT}"/>${dots.join('')}${bar}<circle class="${verdict}" cx="${x(change)}" cy="25" r="4"/></svg>`
}

const words = (text: string): string => escapeHtml(plainText(text))

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

// the colours of the report's page, for both themes
const STYLE = `
:root{color-scheme:light dark;--bg:#fff;--ink:#12171d;--muted:#535e6a;--line:#d9dfe5;--good:#0a6b50;--bad:#b0103f;--open:#7d5200;--invalid:#6a3ba8}
@media(prefers-color-scheme:dark){:root{--bg:#0f1419;--ink:#e9eef3;--muted:#9daab7;--line:#2a333d;--good:#5fd3a8;--bad:#ff8f7d;--open:#e8b64c;--invalid:#c9abf7}}
body{font:15px/1.5 "Segoe UI",system-ui,sans-serif;background:var(--bg);color:var(--ink);max-width:60rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.5rem .8rem .5rem 0;border-top:1px solid var(--line)}
th,small,.key,dt{color:var(--muted);font-weight:400}dl{display:grid;grid-template-columns:8rem 1fr}dd{margin:0}
.no-regression{color:var(--good);stroke:var(--good);fill:var(--good)}.regression{color:var(--bad);stroke:var(--bad);fill:var(--bad)}
.inconclusive{color:var(--open);stroke:var(--open);fill:var(--open)}.invalid{color:var(--invalid)}
svg{max-width:100%}svg line{stroke:var(--muted)}svg circle{fill:var(--muted)}svg .limit{stroke-dasharray:3 3}
svg .no-regression{stroke:var(--good);fill:var(--good)}svg .regression{stroke:var(--bad);fill:var(--bad)}svg .inconclusive{stroke:var(--open);fill:var(--open)}
`
