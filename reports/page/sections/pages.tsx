import { count, measuredInOne, threeFigures } from '../../run/words/words.ts'
import type { AuditCell, AuditTable } from '../page-data.ts'
import { Section, WideTable } from './section.tsx'

/** Lighthouse's names of what people ask for, in the order they ask; times are in ms. */
const METRICS: Readonly<Record<string, string>> = {
  'largest-contentful-paint': 'Largest paint (LCP)',
  'first-contentful-paint': 'First paint (FCP)',
  'speed-index': 'Speed index',
  interactive: 'Interactive (TTI)',
  'total-blocking-time': 'Blocking time (TBT)',
  'cumulative-layout-shift': 'Layout shift (CLS)',
  'performance-score': 'Performance score, 0 to 1',
}
const UNITLESS = ['cumulative-layout-shift', 'performance-score']

export function Pages({ audits }: { audits: readonly AuditTable[] }) {
  if (audits.length === 0) return null
  return (
    <Section
      id="pages"
      title="Pages"
      about="Lighthouse; the median of the visits, with the least and the most."
    >
      {audits.map((audit) => (
        <Audit key={audit.audit} audit={audit} />
      ))}
    </Section>
  )
}

function Audit({ audit }: { audit: AuditTable }) {
  const { phases, rows, errors, title, preset } = audit
  const grew = phases.length === 2
  return (
    <>
      {rows.length === 0 ? (
        <p class="muted">{title}: no visit gave figures.</p>
      ) : (
        <WideTable label={`Page audits of ${title}`}>
          <thead>
            <tr>
              <th scope="col">
                {title}, {preset}
              </th>
              {phases.map((phase, column) => (
                <th key={phase} scope="col" class="right">
                  {phase}, {count(Math.max(...rows.map(({ cells }) => cells[column]?.visits ?? 0)))} visits
                </th>
              ))}
              {grew && (
                <th scope="col" class="right">
                  Grew
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {inOrder(rows).map(({ metric, cells }) => (
              <tr key={metric}>
                <td>{METRICS[metric] ?? metric}</td>
                {cells.map((cell, column) => (
                  <td key={phases[column]} class="right nowrap">
                    {said(metric, cell)}
                  </td>
                ))}
                {grew && <td class="right nowrap">{growth(cells)}</td>}
              </tr>
            ))}
          </tbody>
        </WideTable>
      )}
      {errors.map((error) => (
        <p key={error} class="muted aside">
          {error}
        </p>
      ))}
    </>
  )
}

function inOrder(rows: AuditTable['rows']): AuditTable['rows'] {
  const known = Object.keys(METRICS)
  const place = (metric: string) => (known.indexOf(metric) + known.length + 1) % (known.length + 1)
  return rows.toSorted((a, b) => place(a.metric) - place(b.metric) || (a.metric < b.metric ? -1 : 1))
}

function said(metric: string, cell: AuditCell): string {
  const { visits: events, median: value, least: low, most: high } = cell
  if (value === null || low === null || high === null) return 'no data'
  if (metric in METRICS && !UNITLESS.includes(metric))
    return measuredInOne({ unit: 'ms', limit: high, value, low, high, events })
  const [said, from, to] = [value, low, high].map((figure) => String(Number(figure.toPrecision(3))))
  return `${said} (${from}–${to})`
}

function growth([before, after]: readonly AuditCell[]): string {
  if (!before?.median || after?.median == null) return 'not measured'
  return `${threeFigures(after.median / before.median)} ×`
}
