import { type Static, type TSchema, Type } from 'typebox'
import type { Control, Http, PlannedSource, RunContext, Target } from '../../reports/run/index.ts'
import type { PlannedProbe, Tolerance } from './planned-probe.ts'

/**
 * What an objective came to over the last so long; with `sinceUs`, over the first so long after that moment, which is
 * waited for.
 */
export type AskObjective = (
  name: string,
  overMs: number,
  sinceUs?: number,
) => Promise<{ readonly verdict: 'met' | 'violated' | 'inconclusive'; readonly seen: string }>

/** A data source, and what opens it. */
export interface OpenedSource {
  readonly source: PlannedSource
  readonly http: Http
}

/** What a probe may use while it asks. */
export interface ProbeScene {
  readonly target: Target
  readonly control: Control | undefined
  readonly context: RunContext
  readonly sources?: readonly OpenedSource[]
  readonly objectives?: AskObjective
  /** what was before this moment does not count: what tells of stretches of time waits for those after it */
  readonly sinceUs?: number
  /** breaks off a question. Not the run's: a run that was stopped still asks whether its fault is gone. */
  readonly signal?: AbortSignal
}

/** The fields of an answer, and what else is worth telling; or why there is none, in words. */
export type Answer =
  | { readonly fields: Readonly<Record<string, unknown>>; readonly note?: string }
  | { readonly silent: string }

/** Something wrong in a probe of a file; the path leads to it. */
export interface Mistake {
  readonly path: readonly (string | number)[]
  readonly message: string
  readonly hint?: string
}

export interface OutOfReach {
  readonly why: string
  readonly hint: string
}

/** A data source of the project. */
export interface AskableSource {
  readonly name: string
  /** left out: it can be asked */
  readonly whyNot?: OutOfReach | undefined
}

/** An objective that the plan knows. */
export interface AskableObjective {
  readonly name: string
  /** why nobody could say whether it holds over so long; undefined when it can be said */
  whyNot(overMs: number): OutOfReach | undefined
}

/** What there is to ask, as far as a plan knows it. */
export interface Surroundings {
  readonly target: Target
  readonly sources: readonly AskableSource[]
  readonly objectives: readonly AskableObjective[]
}

/** A kind of probe: one file, and one line in the list of built-ins or in `extend.probes` of a project's config. */
export interface ProbeKind<Settings extends TSchema, Planned extends PlannedProbe> {
  /** the key under which a file gives its settings */
  readonly kind: Planned['kind']
  readonly settings: Settings
  /** the probe as a plan holds it */
  readonly planned: TSchema
  /** what an answer has; the first is judged unless the probe says otherwise */
  readonly fields: readonly [string, ...string[]]
  /** what is normal for the first field; left out: the probe must say */
  readonly normal?: Tolerance
  /** of a kind whose settings say what is normal, so that no tolerance may */
  toleranceOf?(probe: Planned): Tolerance
  /** what the schema cannot tell; paths lead on from the settings */
  mistakes(settings: Static<Settings>): Mistake[]
  plan(settings: Static<Settings>, head: { name: string; of: string; tolerance: Tolerance }): Planned
  /** why it can never be asked here; undefined when it can */
  outOfReach(probe: Planned, surroundings: Surroundings): OutOfReach | undefined
  /** what is asked, in words */
  subject(probe: Planned): string
  ask(probe: Planned, scene: ProbeScene): Promise<Answer>
}

/** A duration above zero. */
export const SomeTime = Type.String({
  title: 'duration above zero',
  pattern: '^(?=.*[1-9])([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$',
  description: 'a number with a unit, such as 500ms or 5s',
})
