import { duration, LABEL_PATTERN, LOOPBACK, type PlannedCheck, type Target } from '../../reports/run/index.ts'
import type { Refusal } from '../faults/index.ts'
import type { TimedCheck } from '../model/timeline/index.ts'
import { type PlannedProbe, probeInWords } from '../probes/index.ts'

const LABEL = new RegExp(LABEL_PATTERN)

/** A StatusCheck at its time, as a run needs it: an HTTP probe whose status must lie in the range. */
export function toPlannedCheck({ check, path, atMs, forMs }: TimedCheck): PlannedCheck {
  const { url, method, headers, body, statusFrom: min, statusTo: max, timeoutMs } = check
  const name = nameOf(path)
  const joined = Object.entries(headers).map(([header, values]) => [header, values.join(', ')])
  const probe: PlannedProbe = {
    ...{ name, kind: 'http', method, url, timeoutMs, of: 'status', tolerance: { min, max } },
    ...(joined.length === 0 ? {} : { headers: Object.fromEntries(joined) }),
    ...(body ? { body } : {}),
  }
  return {
    ...{ name, probe, expects: probeInWords(probe), atMs, forMs, everyMs: check.intervalMs },
    mode: check.mode === 'Synchronous' ? 'synchronous' : 'continuous',
    successes: check.successThreshold,
    failures: check.failureThreshold,
    aborts: check.onFailure === 'abort',
  }
}

/** As its template is called, if that can be a label. */
function nameOf(path: readonly string[]): string {
  const last = (path.at(-1) ?? '').replaceAll('.', '-')
  return LABEL.test(last) ? last : 'status-check'
}

/** Why it cannot be asked, or could say nothing. */
export const whyNotChecked = (check: TimedCheck, target: Target): Refusal | undefined =>
  whyNotAsked(check, target) ?? whyNoFailure(check)

/** What ends before it could have failed would always be well. */
function whyNoFailure({ check, forMs }: TimedCheck): Refusal | undefined {
  const { mode, intervalMs, failureThreshold } = check
  const times = Math.ceil(forMs / intervalMs)
  if (mode !== 'Continuous' || times >= failureThreshold) return undefined
  return {
    why: `its StatusCheck could never fail: in ${duration(forMs)} it is asked ${times} times, and fails after ${failureThreshold}`,
    hint: `give it a smaller failureThreshold or intervalSeconds, or more than ${duration((failureThreshold - 1) * intervalMs)}`,
  }
}

/** Whom a plan does not name is not asked again and again. */
function whyNotAsked({ check }: TimedCheck, { name, addresses }: Target): Refusal | undefined {
  const host = hostOf(check.url)
  const known = Object.values(addresses).flatMap((address) => hostOf(address) ?? [])
  if (host !== undefined && (LOOPBACK.test(host) || known.includes(host))) return undefined
  const hosts = [...new Set(['this machine', ...known])].join(', ')
  return {
    why: `its StatusCheck asks ${host ?? check.url}, which is no address of ${name}`,
    hint: `it may ask ${hosts}`,
  }
}

const hostOf = (url: string): string | undefined => (URL.canParse(url) ? new URL(url).hostname : undefined)
