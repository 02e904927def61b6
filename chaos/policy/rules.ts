import type { PlannedFault, Target } from '../../reports/run/index.ts'
import { choosesLate } from './containers.ts'
import type { Policy } from './policy.ts'
import { processesOf, reachOf } from './reach.ts'
import { windowInWords } from './windows.ts'

const OF_CONTAINERS =
  'names, labels and shares of containers are held when it chooses them, before the load and as it begins'

/** The rules by which a fault that was not refused is allowed, a sentence each. */
export function allowingRules(fault: PlannedFault, target: Target, policy: Policy | undefined): string[] {
  if (policy === undefined) return ['there is no policy, so nothing is protected']
  const { protected: names, greatestShare = {}, windows, concurrency } = policy.spec
  const reach = reachOf(fault, target)
  const labels = new Set(processesOf(reach, target).flatMap((one) => Object.keys(one.labels)))
  const shares = Object.entries(greatestShare).filter(([key]) => labels.has(key))
  return [
    names === undefined ? 'nothing is protected' : 'no protected name, or allowed by the plan',
    ...(choosesLate(fault) ? [OF_CONTAINERS] : []),
    ...shares.map(([key, share]) => `at most ${share * 100} % of the processes of one ${key}`),
    ...(windows === undefined ? [] : [`within ${windows.map(windowInWords).join('; ')}`]),
    ...(concurrency === undefined ? [] : [`at most ${concurrency} at once`]),
  ]
}
