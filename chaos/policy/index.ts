export { type Policy, parsePolicy } from './policy.ts'
export { reachOf } from './reach.ts'
export { type PolicyRefusal, policyRefusals } from './refusals.ts'
export { allowingRules } from './rules.ts'
