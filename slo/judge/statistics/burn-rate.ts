import { ALPHA, type Counts, lowerBound } from './bad-ratio.ts'

/** An alert asks a long window whether it matters, and a short one whether it still goes on. */
export interface BurnRateAlert {
  readonly severity: 'page' | 'ticket'
  /** how many times faster than allowed the error budget is spent */
  readonly burnRate: number
  readonly longMs: number
  readonly shortMs: number
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** The SRE Workbook, "Alerting on SLOs", its sixth way: for a budget of 30 days. */
export const BURN_RATE_ALERTS: readonly BurnRateAlert[] = [
  { severity: 'page', burnRate: 14.4, longMs: HOUR_MS, shortMs: 5 * MINUTE_MS },
  { severity: 'page', burnRate: 6, longMs: 6 * HOUR_MS, shortMs: 30 * MINUTE_MS },
  { severity: 'ticket', burnRate: 3, longMs: DAY_MS, shortMs: 2 * HOUR_MS },
  { severity: 'ticket', burnRate: 1, longMs: 3 * DAY_MS, shortMs: 6 * HOUR_MS },
]

/** (bad/total)/(1 − target): 1 spends the budget exactly in its window. Null without events. */
export function burnRate({ events, bad }: Counts, target: number): number | null {
  return events > 0 ? bad / events / (1 - target) : null
}

/** The least burn rate that the counts do not rule out, one-sided: of one bad event in ten little follows. */
export function leastBurnRate(counts: Counts, target: number, alpha = ALPHA): number | null {
  return counts.events > 0 ? lowerBound(counts, alpha) / (1 - target) : null
}

/**
 * Whether an alert fires: both windows burn too fast, and not by chance. At a target of 99.9 % a total outage pages in
 * 52 s when there are many events; the bound adds a second at 1,000/s, and 15 s at 1/s.
 */
export function isFiring(
  alert: BurnRateAlert,
  { long, short, target }: { readonly long: Counts; readonly short: Counts; readonly target: number },
): boolean {
  return [long, short].every((counts) => (leastBurnRate(counts, target) ?? 0) > alert.burnRate)
}

/** How long a total outage must last until an alert's long window burns so fast, after good times; null: never. */
export function outageMs(
  { burnRate: limit, overMs }: { readonly burnRate: number; readonly overMs: number },
  target: number,
): number | null {
  const share = limit * (1 - target)
  return share < 1 ? share * overMs : null
}
