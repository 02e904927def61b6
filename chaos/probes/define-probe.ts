import { type Static, type TSchema, Type } from 'typebox'
import { type AddedKind, type AddedProbe, judged, type Tolerance } from './planned-probe.ts'
import type { Answer, Mistake, OutOfReach, ProbeKind, ProbeScene, Surroundings } from './probe-kind.ts'

/** A kind of probe of a project's own, as its author writes it. */
export interface OwnProbe<Settings extends TSchema> {
  /** the key under which a file gives its settings: a word of small letters */
  readonly kind: string
  /** a schema of TypeBox: what a file may say, and its mistakes */
  readonly settings: Settings
  /** what an answer has; the first is judged unless the probe says otherwise */
  readonly fields: readonly [string, ...string[]]
  /** what is normal for the first field; left out: a file must say */
  readonly normal?: Tolerance
  /** what the schema cannot tell */
  mistakes?(settings: Static<Settings>): Mistake[]
  /** why it can never be asked of this target; undefined when it can */
  outOfReach?(settings: Static<Settings>, surroundings: Surroundings): OutOfReach | undefined
  /** what is asked, in words and without secrets */
  subject(settings: Static<Settings>): string
  ask(settings: Static<Settings>, scene: ProbeScene): Promise<Answer>
}

/** Types a probe for the editor, for `extend.probes` of a config. */
export function defineProbe<Settings extends TSchema>(
  own: OwnProbe<Settings>,
): ProbeKind<Settings, AddedProbe & { readonly settings: Static<Settings> }> {
  const kind = own.kind as AddedKind // no built-in has its name: the family refuses that
  return {
    kind,
    settings: own.settings,
    planned: Type.Object(
      { ...judged, kind: Type.Literal(kind), settings: own.settings },
      { additionalProperties: false },
    ),
    fields: own.fields,
    ...(own.normal === undefined ? {} : { normal: own.normal }),
    mistakes: (settings) => own.mistakes?.(settings) ?? [],
    plan: (settings, head) => ({ ...head, kind, settings }),
    outOfReach: ({ settings }, surroundings) => own.outOfReach?.(settings, surroundings),
    subject: ({ settings }) => own.subject(settings),
    ask: ({ settings }, scene) => own.ask(settings, scene),
  }
}
