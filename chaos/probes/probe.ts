import { type Static, Type } from 'typebox'
import { Label, list, nearestHint } from '../../reports/run/index.ts'
import { CommandSettings, commandKind } from './kinds/command.ts'
import { FactSettings, factKind } from './kinds/fact.ts'
import { HttpSettings, httpKind } from './kinds/http.ts'
import { ObjectiveSettings, objectiveKind } from './kinds/objective.ts'
import { ProcessSettings, processKind } from './kinds/process.ts'
import { PromqlSettings, promqlKind } from './kinds/promql.ts'
import { TcpSettings, tcpKind } from './kinds/tcp.ts'
import { type PlannedProbe, Tolerance } from './planned-probe.ts'
import type { Mistake, ProbeKind } from './probe-kind.ts'
import { mistakesOfTolerance } from './tolerance-mistakes.ts'

/**
 * A probe as it stands in a file. One object with a key a kind, and no union of objects, so that what is wrong in a
 * probe is told of the kind that was meant.
 */
export const Probe = Type.Object(
  {
    name: Label,
    of: Type.Optional(Type.String({ description: 'the field of the answer that is judged' })),
    tolerance: Type.Optional(Tolerance),
    http: Type.Optional(HttpSettings),
    tcp: Type.Optional(TcpSettings),
    process: Type.Optional(ProcessSettings),
    fact: Type.Optional(FactSettings),
    command: Type.Optional(CommandSettings),
    promql: Type.Optional(PromqlSettings),
    objective: Type.Optional(ObjectiveSettings),
  },
  { additionalProperties: false, description: 'a probe: what is asked, and which answers are normal' },
)
export type Probe = Static<typeof Probe>

type AnySettings = NonNullable<Probe[PlannedProbe['kind']]>
type AnyKind = ProbeKind<AnySettings, PlannedProbe>

/** The built-ins; a new kind is one file, one key above and one line here. */
export const PROBE_KINDS: readonly AnyKind[] = [
  httpKind,
  tcpKind,
  processKind,
  factKind,
  commandKind,
  promqlKind,
  objectiveKind,
]

export function kindOf({ kind }: Pick<PlannedProbe, 'kind'>): AnyKind {
  return PROBE_KINDS.find((one) => one.kind === kind)!
}

/** What the schema cannot tell of a probe; the paths lead on from the probe. */
export function probeMistakes(probe: Probe): Mistake[] {
  const asked = askedIn(probe)
  const [first] = asked
  if (first === undefined || asked.length > 1) return [wrongCount(asked)]
  const { kind, settings } = first
  const within = kind.mistakes(settings).map((one) => ({ ...one, path: [kind.kind, ...one.path] }))
  return [...within, ...mistakesOfField(probe, kind), ...mistakesOfJudgement(probe, kind)]
}

/** A probe without mistakes as a run needs it: durations in ms, what is judged filled in. */
export function toPlannedProbe(probe: Probe): PlannedProbe {
  const { kind, settings } = askedIn(probe)[0]!
  const { name, of = kind.fields[0], tolerance = kind.normal ?? null } = probe
  return kind.plan(settings, { name, of, tolerance })
}

interface AskedOf {
  readonly kind: AnyKind
  readonly settings: AnySettings
}

const askedIn = (probe: Probe): AskedOf[] =>
  PROBE_KINDS.flatMap((kind) => {
    const settings = probe[kind.kind]
    return settings === undefined ? [] : [{ kind, settings }]
  })

function wrongCount(asked: readonly AskedOf[]): Mistake {
  const message =
    asked.length === 0 ? 'a probe that asks nothing' : `a probe that asks ${asked.length} things at once`
  return { path: [], message, hint: `expected one of ${list(PROBE_KINDS.map(({ kind }) => kind))}` }
}

const mistakesOfField = ({ of }: Probe, { kind, fields }: AnyKind): Mistake[] =>
  of === undefined || fields.includes(of)
    ? []
    : [{ path: ['of'], message: `the answer to ${kind} has no "${of}"`, hint: nearestHint(of, fields) }]

function mistakesOfJudgement({ of, tolerance }: Probe, kind: AnyKind): Mistake[] {
  if (tolerance !== undefined)
    return kind.isJudgedBySettings
      ? [{ path: ['tolerance'], message: `a ${kind.kind} probe says what is normal in ${kind.kind}` }]
      : mistakesOfTolerance(tolerance).map((one) => ({ ...one, path: ['tolerance', ...one.path] }))
  const field = of ?? kind.fields[0]
  const isUsual = field === kind.fields[0] && kind.normal !== undefined
  return isUsual || !kind.fields.includes(field)
    ? []
    : [{ path: [], message: '"tolerance" is missing', hint: `which ${field} is normal?` }]
}
