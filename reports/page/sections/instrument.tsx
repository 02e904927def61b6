import type { Verdict } from '../../run/verdict.ts'
import { counted } from '../../run/words/words.ts'
import type { Check } from '../page-data.ts'
import { type ShapeName, Word } from '../shape.tsx'
import { Words } from '../words.tsx'
import { Section, WideTable } from './section.tsx'

interface InstrumentProps {
  readonly checks: readonly Check[]
  readonly verdict: Verdict
}

export function Instrument({ checks, verdict }: InstrumentProps) {
  const { findings } = verdict
  return (
    <Section
      id="instrument"
      title="Instrument"
      about={`Could the harness itself have spoiled the figures? ${answer(verdict, checks)}`}
    >
      <WideTable label="Instrument">
        <thead>
          <tr>
            <th scope="col">Check</th>
            <th scope="col" class="right">
              Measured
            </th>
            <th scope="col" class="right">
              Limit
            </th>
            <th scope="col">Used of the limit</th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {checks.map((check) => (
            <tr key={check.name} data-check={check.state}>
              <td>
                <Words>{check.name}</Words>
              </td>
              <td class="right cell-measured">{check.measured}</td>
              <td class="right nowrap cell-limit">{check.limit}</td>
              <td class="cell-meter">
                <Meter check={check} />
              </td>
              <td class="cell-state">
                <State check={check} />
              </td>
            </tr>
          ))}
        </tbody>
      </WideTable>
      {findings.map(({ kind, why, hint }) => (
        <p key={kind + why} class="aside measure">
          <b class="is-invalid">Tainted:</b> <Words>{`${why} To do: ${hint}.`}</Words>
        </p>
      ))}
    </Section>
  )
}

function answer({ findings, outcome }: Verdict, checks: readonly Check[]): string {
  if (findings.length > 0) return `${counted(findings.length, 'findings')}.`
  if (outcome !== 'crashed' && checks.every(({ state }) => state === 'not measured')) return 'Not measured.'
  return outcome === 'crashed' ? 'No finding before the crash.' : 'No finding.'
}

function Meter({ check: { usedRatio, state } }: { check: Check }) {
  if (usedRatio === null) return null
  return (
    <div class={`meter is-${TONES[state]}`}>
      <i style={{ width: `${Math.min(1, usedRatio) * 100}%` }} />
    </div>
  )
}

const TONES: Readonly<Record<Check['state'], ShapeName>> = {
  ...{ sound: 'met', near: 'inconclusive', over: 'inconclusive', tainted: 'invalid' },
  ...{ counted: 'none', 'not measured': 'none' },
}

function State({ check: { state, why } }: { check: Check }) {
  switch (state) {
    case 'sound':
      return <Word name="met">sound</Word>
    case 'near':
      return <Word name="inconclusive">near</Word>
    case 'over':
      return (
        <>
          <Word name="inconclusive">over</Word>
          <div class="muted">{why}</div>
        </>
      )
    case 'tainted':
      return <Word name="invalid">tainted</Word>
    case 'counted':
    case 'not measured':
      return <span class="muted">{state}</span>
    default:
      return state satisfies never
  }
}
