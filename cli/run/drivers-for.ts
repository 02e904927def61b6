import { experimentDriver } from '../../chaos/index.ts'
import type { Control, Plan } from '../../reports/run/index.ts'
import { latenessLimitMs } from '../../reports/run/lateness-limit.ts'
import { k6Driver } from '../../scenarios/drivers/k6/index.ts'
import { lighthouseDriver } from '../../scenarios/drivers/lighthouse/index.ts'
import { entryFile } from '../process/entry.ts'
import type { Guardian } from '../process/guardian/guardian.ts'
import type { Draft } from './draft/draft.ts'
import { dockerHost } from './draft/machine.ts'
import type { Asking } from './execute/asking/asking.ts'
import type { Drivers } from './execute/execution.ts'
import { measuresOf } from './plan/measures.ts'
import type { RunRequest } from './request.ts'

interface Powers {
  readonly request: RunRequest
  readonly draft: Draft
  readonly guardian: Guardian
  readonly control: Control
  readonly asking: Asking
}

/** Those for which the programs were found; faults need none, and are refused in the plan where they cannot be. */
export function driversFor(plan: Plan, { request, draft, guardian, control, asking }: Powers): Drivers {
  const { k6, browser } = draft.tools
  const script = request.script?.environment
  const names = plan.objectives.flatMap(measuresOf).flatMap(({ name }) => name ?? [])
  return {
    ...(k6 && {
      load: k6Driver({
        ...{ binary: k6, script, names, thresholdsMs: plan.thresholdsMs },
        lateFromMs: latenessLimitMs(plan.objectives),
      }),
    }),
    ...(browser && {
      audit: lighthouseDriver({ entry: { file: process.execPath, args: [entryFile('audit')] }, browser }),
    }),
    experiment: experimentDriver({
      ...{ control, asking, keeper: guardian, toxiproxy: plan.toxiproxy },
      dockerHost: dockerHost(),
      containerRules: plan.containerRules,
    }),
  }
}
