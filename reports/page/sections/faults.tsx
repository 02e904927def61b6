import type { FaultVerdict, Verdict } from '../../run/verdict.ts'
import {
  byWhomWords,
  faultIsProven,
  faultState,
  goneAfterMs,
  impactsOf,
  momentOrNot,
  recoveryWords,
  residueWords,
} from '../../run/words/verdict-words.ts'
import { capital, duration } from '../../run/words/words.ts'
import type { FaultPlan } from '../page-data.ts'
import { type ShapeName, Word } from '../shape.tsx'
import { Words } from '../words.tsx'
import { Section } from './section.tsx'

interface FaultsProps {
  readonly verdict: Verdict
  readonly plans: readonly FaultPlan[]
}

export function Faults({ verdict, plans }: FaultsProps) {
  return (
    <Section id="faults" title="Faults" about="Planned, proven from the outside, undone.">
      {verdict.faults.length === 0 && <p class="muted">None planned.</p>}
      {verdict.faults.map((fault) => (
        <Fault
          key={fault.experiment}
          fault={fault}
          plan={plans.find(({ experiment }) => experiment === fault.experiment)}
          verdict={verdict}
        />
      ))}
    </Section>
  )
}

interface FaultProps {
  readonly fault: FaultVerdict
  readonly plan: FaultPlan | undefined
  readonly verdict: Verdict
}

function Fault({ fault, plan, verdict }: FaultProps) {
  return (
    <div class="card" data-fault={fault.experiment} data-proof={fault.proof} data-undo={fault.undo}>
      <header>
        <h3>{fault.experiment}</h3>
        <span class="muted">{fault.does}</span>
        <span>
          <Word name={shapeOf(fault)}>{faultState(fault)}</Word>
        </span>
      </header>
      <div class="columns">
        <Proof fault={fault} />
        <Course fault={fault} plan={plan} verdict={verdict} />
      </div>
    </div>
  )
}

/** From the plan to what is left of it. */
function Course({ fault, plan, verdict }: FaultProps) {
  const impacts = impactsOf(fault, verdict)
  return (
    <dl class="pairs">
      <dt>Planned</dt>
      <dd>{plan ? `in ${plan.phase}; proof: ${plan.proof}; undo: ${plan.undo}` : 'not in the plan'}</dd>
      <dt>{fault.proof === 'unproven' ? 'Aimed at' : 'Hit'}</dt>
      <dd>{fault.victims.length === 0 ? 'nothing' : fault.victims.join(', ')}</dd>
      <dt>Injected</dt>
      <dd>
        <Words>{injected(fault)}</Words>
      </dd>
      <dt>Undone</dt>
      <dd>
        <Words>{undone(fault)}</Words>
      </dd>
      {fault.recovery !== undefined && (
        <>
          <dt>By people</dt>
          <dd>
            <Words>{capital(recoveryWords(fault.recovery))}</Words>
          </dd>
        </>
      )}
      <dt>Effect</dt>
      <dd>
        {impacts.length === 0
          ? 'not measured'
          : impacts.map((words) => (
              <div key={words}>
                <Words>{capital(words)}</Words>
              </div>
            ))}
      </dd>
      {fault.alert && (
        <>
          <dt>Alert</dt>
          <dd data-alert={fault.alert.state}>
            <Words>{capital(fault.alert.why)}</Words>
          </dd>
        </>
      )}
      <dt>Residue</dt>
      <dd>{verdict.residue?.length === 0 ? 'none' : residueWords(verdict.residue)}</dd>
    </dl>
  )
}

function Proof({ fault }: { fault: FaultVerdict }) {
  if (fault.seen.length === 0) return <p class="muted">{whyNoProof(fault)}</p>
  return (
    <div>
      <table class="plain">
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">What the probe saw</th>
          </tr>
        </thead>
        <tbody>
          {fault.seen.map(({ when, what }) => (
            <tr key={`${when} ${what}`}>
              <td class="when">{when}</td>
              <td>{what}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function whyNoProof({ proof }: FaultVerdict): string {
  return proof === 'not injected'
    ? 'It was not injected, so there was nothing to prove.'
    : 'No proof was taken: the probe saw nothing.'
}

function injected({ proof, injectedMs, confirmedMs }: FaultVerdict): string {
  if (injectedMs === null) return proof
  const proven = confirmedMs === null ? proof : `confirmed ${momentOrNot(confirmedMs)}`
  return `${momentOrNot(injectedMs)}, ${proven}`
}

function undone(fault: FaultVerdict): string {
  if (fault.undoneMs === null) return fault.undo
  const by = byWhomWords(fault.undoneBy)
  const afterMs = goneAfterMs(fault)
  const isGone = fault.undo === 'proven gone' && fault.proof !== 'unproven'
  const unproven = fault.normalMs === null ? 'not proven gone' : isGone ? 'proven gone' : 'normal after it'
  const gone = afterMs === null ? unproven : `proven gone ${duration(afterMs)} later`
  return `${momentOrNot(fault.undoneMs)}${by}, ${gone}`
}

function shapeOf(fault: FaultVerdict): ShapeName {
  if (faultIsProven(fault)) return 'met'
  return fault.undo === 'failed' ? 'violated' : 'inconclusive'
}
