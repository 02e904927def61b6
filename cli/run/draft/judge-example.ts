/** A whole objective, for those who have none yet. */
export const EXAMPLE_SLO = `apiVersion: openslo/v1
kind: SLO
metadata: { name: fast-enough, displayName: Requests }
spec:
  description: Above 300 ms people notice the wait.
  service: mine
  indicator:
    metadata: { name: within-300ms }
    spec:
      ratioMetric:
        good: { metricSource: { type: gauntlet, spec: { measure: request, within: 300ms } } }
        total: { metricSource: { type: gauntlet, spec: { measure: request } } }
  timeWindow: [{ duration: 28d, isRolling: true }]
  budgetingMethod: Occurrences
  objectives: [{ target: 0.95 }]`
