import { type ContainerRules, GauntletError } from '../../reports/run/index.ts'
import type { ListedContainer } from '../drivers/local/docker/index.ts'
import { labelsInWords } from '../radius/blast-radius.ts'

export interface ContainerChoice {
  readonly running: readonly ListedContainer[]
  /** whatever of them may be drawn must be allowed */
  readonly fitting: readonly ListedContainer[]
  readonly mostAtOnce: number
}

/** Throws when the policy forbids what may be hit, with the rule that does. */
export function refuseForbidden(choice: ContainerChoice, rules: ContainerRules | undefined): void {
  const why = rules && (whyProtected(choice, rules) ?? whyTooMany(choice, rules))
  if (why === undefined) return
  throw new GauntletError('FORBIDDEN', why, {
    hint: 'narrow its selector or mode, or say in the plan why a protected name is hit: allowProtected',
  })
}

function whyProtected({ fitting }: ContainerChoice, { names, labels }: ContainerRules): string | undefined {
  for (const one of fitting) {
    if (names.includes(one.name)) return `it may hit the container ${one.name}, which the policy protects`
    const label = Object.entries(labels).find(([key, value]) => one.labels[key] === value)
    if (label !== undefined)
      return `it may hit the label ${labelsInWords(Object.fromEntries([label]))} (${one.name}), which the policy protects`
  }
  return undefined
}

function whyTooMany({ running, fitting, mostAtOnce }: ContainerChoice, { greatestShare }: ContainerRules) {
  for (const [key, share] of Object.entries(greatestShare))
    for (const value of new Set(fitting.flatMap(({ labels }) => labels[key] ?? []))) {
      const has = ({ labels }: ListedContainer): boolean => labels[key] === value
      const all = running.filter(has).length
      const hit = Math.min(mostAtOnce, fitting.filter(has).length)
      if (hit > all * share)
        return `it may hit ${hit} of the ${all} running containers with ${key}=${value}; the policy's greatest share is ${share * 100} %`
    }
  return undefined
}
