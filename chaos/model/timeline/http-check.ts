import { goDurationMs } from '../manifests/index.ts'
import type { StatusCheck } from '../manifests/status-check.ts'

/** A StatusCheck of a workflow, its defaults filled in as Chaos Mesh does. */
export interface HttpCheck {
  readonly url: string
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, readonly string[]>>
  readonly body: string | undefined
  /** good from this status to that, both included */
  readonly statusFrom: number
  readonly statusTo: number
  readonly timeoutMs: number
  readonly intervalMs: number
  /** so many failures one after the other, and it has failed */
  readonly failureThreshold: number
  /** so many successes one after the other, and it has succeeded; what is not known in its time has failed */
  readonly successThreshold: number
  readonly mode: 'Synchronous' | 'Continuous'
  /** what its failure means: nothing of the workflow goes on, or the next step comes all the same */
  readonly onFailure: 'abort' | 'go-on'
}

export function toHttpCheck(spec: StatusCheck, abortWithStatusCheck = false): HttpCheck {
  const { url, method = 'GET', headers = {}, body, criteria } = spec.http
  const [statusFrom = 0, statusTo = statusFrom] = criteria.statusCode.split('-').map(Number)
  return {
    ...{ url, method, headers, body, statusFrom, statusTo },
    timeoutMs: (spec.timeoutSeconds ?? 1) * 1000,
    // 10 by the CRD, which a cluster goes by; the manual says 1
    intervalMs: (spec.intervalSeconds ?? 10) * 1000,
    failureThreshold: spec.failureThreshold ?? 3,
    successThreshold: spec.successThreshold ?? 1,
    mode: spec.mode ?? 'Synchronous',
    onFailure: abortWithStatusCheck ? 'abort' : 'go-on',
  }
}

/**
 * How long a check is given. A synchronous one ends when it knows: a plan gives it the time in which a target that is
 * always well, or never, is known. A continuous one goes on until its duration ends it.
 */
export function checkLengthMs(check: HttpCheck, duration: string | undefined): number {
  const asked = duration === undefined ? Number.POSITIVE_INFINITY : (goDurationMs(duration) ?? 0)
  if (check.mode === 'Continuous') return asked
  const rounds = Math.max(check.failureThreshold, check.successThreshold)
  return Math.min(asked, (rounds - 1) * check.intervalMs + check.timeoutMs)
}
