import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { AuditVisit, GauntletError, jsonOf, PlannedAudit } from '../../../reports/run/index.ts'

const closed = { additionalProperties: false } as const

/** What the driver asks of the audit process: its one argument, as JSON. */
export const AuditRequest = Type.Object(
  {
    ...Type.Pick(PlannedAudit, ['url', 'preset', 'visits', 'visitTimeoutMs']).properties,
    /** visits end when so many have succeeded: `visits`, or more while the answer is open */
    enoughVisits: Type.Integer({ minimum: 1 }),
    /** no visit begins, and none goes on, after this moment */
    untilUs: Type.Integer(),
    browserPath: Type.String(),
    /** where browser profiles are made */
    scratch: Type.String(),
  },
  closed,
)

/** One line of the audit process's standard output: a visit and what it found. */
export const VisitLine = Type.Object(
  {
    ...Type.Pick(AuditVisit, ['visit', 'atUs', 'metrics', 'benchmarkIndex', 'error']).properties,
    /** Lighthouse's own result (LHR); null when it came to none */
    lighthouseResult: Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()]),
  },
  closed,
)

export type AuditRequest = Static<typeof AuditRequest>
export type VisitLine = Static<typeof VisitLine>
/** What one visit found, before it has its number and time. */
export type PageFigures = Omit<VisitLine, 'visit' | 'atUs'>

const requestShape = Compile(AuditRequest)
const lineShape = Compile(VisitLine)

export function readAuditRequest(text: string): AuditRequest {
  const value = jsonOf(text)
  if (requestShape.Check(value)) return value
  throw new GauntletError(
    'AUDIT_REQUEST_UNREADABLE',
    `the audit process was asked something unreadable: ${text}`,
  )
}

export function readVisitLine(text: string): VisitLine {
  const value = jsonOf(text)
  if (lineShape.Check(value)) return value
  throw new GauntletError(
    'AUDIT_LINE_UNREADABLE',
    `the audit process said ${text.slice(0, 200)}, which is no visit`,
    {
      exit: 'machinery',
    },
  )
}
