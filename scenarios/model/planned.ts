import { parseDuration } from '../../reports/run/duration.ts'
import type { PlannedAudit, PlannedLoad } from '../../reports/run/plan.ts'
import { urlAt } from '../../reports/run/url-at.ts'
import { addressVariable } from './journey-addresses.ts'
import type { PageAudit } from './page-audit.ts'
import type { Scenario } from './scenario.ts'

/** k6's own default is 60 s, longer than most of a plan's phases. */
const REQUEST_TIMEOUT_MS = 10_000
/** A page that has not loaded by then never will. */
const VISIT_TIMEOUT_MS = 45_000

export interface LoadOptions {
  /** the sum of the plan's phases with load */
  readonly durationMs: number
  /** of the journey file, relative to the project */
  readonly journey: string
  readonly journeySha256: string
  /** the target's addresses by name */
  readonly addresses: Readonly<Record<string, string>>
}

/** A scenario as a plan holds it, resolved. Enough VUs for every iteration to wait for its time-out. */
export function toPlannedLoad(scenario: Scenario, options: LoadOptions): PlannedLoad {
  const { executor, timeout, environment } = scenario.spec
  const requestTimeoutMs = durationOr(timeout, REQUEST_TIMEOUT_MS)
  return {
    name: scenario.metadata.name,
    title: scenario.metadata.title,
    executor: {
      kind: executor.kind,
      ratePerSecond: executor.rate,
      durationMs: options.durationMs,
      preAllocatedVus: Math.max(1, Math.ceil((executor.rate * requestTimeoutMs) / 1000)),
    },
    journey: options.journey,
    journeySha256: options.journeySha256,
    requestTimeoutMs,
    environment: { ...addressVariables(options.addresses), ...environment },
  }
}

/** `{gateway: URL}` as a journey sees it: `GAUNTLET_URL_GATEWAY`. */
function addressVariables(addresses: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(addresses).map(([name, url]) => [addressVariable(name), url]))
}

/** A page audit as a plan holds it; undefined when the target has no such address. */
export function toPlannedAudit(
  { metadata, spec }: PageAudit,
  addresses: Readonly<Record<string, string>>,
): PlannedAudit | undefined {
  const base = addresses[spec.address]
  if (base === undefined) return undefined
  return {
    name: metadata.name,
    title: metadata.title,
    url: urlAt(base, spec.path),
    preset: spec.preset,
    visits: spec.visits,
    visitTimeoutMs: durationOr(spec.timeout, VISIT_TIMEOUT_MS),
  }
}

function durationOr(text: string | undefined, otherwiseMs: number): number {
  return text === undefined ? otherwiseMs : (parseDuration(text) ?? otherwiseMs)
}
