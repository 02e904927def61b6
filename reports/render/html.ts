import { createHash } from 'node:crypto'
import type { ComparisonPageData, PageData } from '../page/page-data.ts'
import { capital, plainText } from '../run/words/words.ts'
import type { PageBundle } from './bundle.ts'

/** The page of a run. */
export function toHtml(data: PageData, bundle: PageBundle): string {
  const { verdict, why } = data.verdict
  return pageHtml({ title: `${capital(verdict)} · ${data.plan.name} · gauntlet`, why, data }, bundle)
}

interface Page {
  readonly title: string
  /** what a reader without JavaScript sees */
  readonly why: string
  readonly data: PageData | ComparisonPageData
}

/**
 * One file that needs no network. The run's data is JSON in a script element that no browser runs, and the policy
 * lets only our own program run, by its hash: a name from outside stays text even if some code forgot to escape it.
 */
export function pageHtml({ title, why, data }: Page, { script, style }: PageBundle): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy(script, style)}">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<div id="root"></div>
<noscript><h1>${escapeHtml(title)}</h1><p>${escapeHtml(why)}</p><p>The rest of this report needs JavaScript.</p></noscript>
<script type="application/json" id="data">${inScript(data)}</script>
<script>${script}</script>
</body>
</html>
`
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

/** JSON in which no tag can begin or end, and no name can turn the direction of the words after it. */
function inScript(data: Page['data']): string {
  const plain = (_: string, value: unknown) => (typeof value === 'string' ? plainText(value) : value)
  return JSON.stringify(data, plain).replaceAll('<', '\\u003c')
}

function policy(script: string, style: string): string {
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
  const sources = [`script-src ${hash(script)}`, `style-src ${hash(style)}`]
  return ["default-src 'none'", ...sources, "base-uri 'none'", "form-action 'none'"].join('; ')
}
