import type { RunContext } from './context.ts'

/** How a driver's work ended; the reason is a sentence for people. */
export type DriverOutcome =
  | { readonly kind: 'completed' }
  | { readonly kind: 'stopped'; readonly reason: string }
  /** the run must end early for a reason that is a result, such as a steady state that did not hold */
  | { readonly kind: 'aborted'; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string; readonly hint?: string }

export interface Running {
  /** never rejects for something the driver can foresee: that is a `failed` outcome */
  readonly done: Promise<DriverOutcome>
  /** asks it to end early; `done` tells when it has */
  stop(reason: string): Promise<void>
}

export interface Ready {
  start(): Running
}

/** One interface for load, fault, audit and profile. Evidence leaves it through `context.record` only. */
export interface Driver<Step> {
  /** everything slow or refusable, before the clock runs; throws a GauntletError when it cannot */
  prepare(step: Step, context: RunContext): Promise<Ready>
}
