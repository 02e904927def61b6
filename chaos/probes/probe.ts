import { type Static, type TSchema, Type } from 'typebox'
import { Check } from 'typebox/value'
import { createFamily, GauntletError, Label, list, nearestHint } from '../../reports/run/index.ts'
import { commandKind } from './kinds/command.ts'
import { factKind } from './kinds/fact.ts'
import { httpKind } from './kinds/http.ts'
import { objectiveKind } from './kinds/objective.ts'
import { processKind } from './kinds/process.ts'
import { promqlKind } from './kinds/promql.ts'
import { tcpKind } from './kinds/tcp.ts'
import { type PlannedProbe, Tolerance } from './planned-probe.ts'
import type { Mistake, ProbeKind } from './probe-kind.ts'
import { mistakesOfTolerance } from './tolerance-mistakes.ts'

/** The built-ins; a new kind is one file and one line here. */
const BUILT_INS = [httpKind, tcpKind, processKind, factKind, commandKind, promqlKind, objectiveKind] as const
type BuiltIn = (typeof BUILT_INS)[number]

/** A kind of probe, whatever it asks. */
export type AnyProbeKind = ProbeKind<TSchema, PlannedProbe>
const KINDS = createFamily<AnyProbeKind>('kinds of probe', ({ kind }) => kind, BUILT_INS)

const head = {
  name: Label,
  of: Type.Optional(Type.String({ description: 'the field of the answer that is judged' })),
  tolerance: Type.Optional(Tolerance),
}
type Head = { name: string; of?: string; tolerance?: Tolerance }

/** By kind; grows with the family, and whatever holds a probe knows its keys from here. */
const properties: Record<string, TSchema> = { ...head }
for (const { kind, settings } of KINDS.all()) properties[kind] = Type.Optional(settings)

/**
 * A probe as it stands in a file. One object with a key a kind, and no union of objects, so that what is wrong in a
 * probe is told of the kind that was meant.
 */
export const Probe = Type.Unsafe<Probe>(
  Type.Object(properties, {
    additionalProperties: false,
    description: 'a probe: what is asked, and which answers are normal',
  }),
)
export type Probe = Head & { [Kind in BuiltIn as Kind['kind']]?: Static<Kind['settings']> }

/** Adds kinds of a project's own, before any file with a probe is read. */
export function addProbeKinds(...kinds: readonly AnyProbeKind[]): void {
  const [taken] = kinds.filter(({ kind }) => kind in head)
  if (taken !== undefined)
    throw new GauntletError(
      'NAME_TAKEN',
      `a kind of probe cannot be called "${taken.kind}": every probe has that key`,
      {
        hint: 'give yours another name',
      },
    )
  KINDS.add(...kinds)
  for (const { kind, settings } of kinds) properties[kind] = Type.Optional(settings)
}

export function kindOf({ kind }: Pick<PlannedProbe, 'kind'>): AnyProbeKind {
  return KINDS.find(kind)!
}

/** Of a probe in a plan: false when another gauntlet made it, of a kind that is not known here. */
export function isPlannedProbe(value: unknown): value is PlannedProbe {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false
  const kind = KINDS.find(String(value.kind))
  return kind !== undefined && Check(kind.planned, value)
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
  readonly kind: AnyProbeKind
  readonly settings: unknown
}

function askedIn(probe: Probe): AskedOf[] {
  const given = new Map<string, unknown>(Object.entries(probe))
  return KINDS.all().flatMap((kind) => {
    const settings = given.get(kind.kind)
    return settings === undefined ? [] : [{ kind, settings }]
  })
}

function wrongCount(asked: readonly AskedOf[]): Mistake {
  const message =
    asked.length === 0 ? 'a probe that asks nothing' : `a probe that asks ${asked.length} things at once`
  return { path: [], message, hint: `expected one of ${list(KINDS.names())}` }
}

const mistakesOfField = ({ of }: Probe, { kind, fields }: AnyProbeKind): Mistake[] =>
  of === undefined || fields.includes(of)
    ? []
    : [{ path: ['of'], message: `the answer to ${kind} has no "${of}"`, hint: nearestHint(of, fields) }]

function mistakesOfJudgement({ of, tolerance }: Probe, kind: AnyProbeKind): Mistake[] {
  if (tolerance !== undefined)
    return kind.toleranceOf !== undefined
      ? [{ path: ['tolerance'], message: `a ${kind.kind} probe says what is normal in ${kind.kind}` }]
      : mistakesOfTolerance(tolerance).map((one) => ({ ...one, path: ['tolerance', ...one.path] }))
  const field = of ?? kind.fields[0]
  const isUsual = field === kind.fields[0] && kind.normal !== undefined
  return isUsual || !kind.fields.includes(field)
    ? []
    : [{ path: [], message: '"tolerance" is missing', hint: `which ${field} is normal?` }]
}
