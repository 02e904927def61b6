import { type Static, Type } from 'typebox'
import { AlertCondition } from './alert-condition.ts'
import { AlertNotificationTarget } from './alert-notification-target.ts'
import { AlertPolicy } from './alert-policy.ts'
import { DataSource } from './data-source.ts'
import { head } from './parts.ts'
import { Service } from './service.ts'
import { Sli } from './sli.ts'
import { Slo } from './slo.ts'

/** The seven kinds, in the order in which one leans on the next. */
export const KINDS = {
  SLO: Slo,
  SLI: Sli,
  DataSource,
  Service,
  AlertPolicy,
  AlertCondition,
  AlertNotificationTarget,
} as const

export type Kind = keyof typeof KINDS
export const isKind = (text: unknown): text is Kind => typeof text === 'string' && Object.hasOwn(KINDS, text)

const KIND_NAMES = Object.keys(KINDS)
/** What can be said of a document whose kind is none of the seven. */
export const AnyKind = Type.Object({
  ...head,
  kind: Type.Enum(KIND_NAMES, { description: `one of ${KIND_NAMES.join(', ')}` }),
})

export type OpenSlo = Static<(typeof KINDS)[Kind]>
export type { AlertCondition } from './alert-condition.ts'
export type { AlertNotificationTarget } from './alert-notification-target.ts'
export type { AlertPolicy } from './alert-policy.ts'
export type { DataSource } from './data-source.ts'
export type { Metadata } from './parts.ts'
export type { Service } from './service.ts'
export type { MetricSource, Sli, SliSpec } from './sli.ts'
export type { Objective, Slo, SloSpec } from './slo.ts'
