import type { ResolverRule } from './model.ts'
import { fits } from './pattern.ts'

/** A rule and what it met; the counts belong to the rule and grow. */
export interface CountedRule {
  readonly rule: ResolverRule
  asked: number
  failed: number
}

export interface RuleBook {
  readonly rules: readonly CountedRule[]
  /** aborts when other rules take their place: what is being delayed goes on at once */
  readonly replaced: AbortController
}

export function ruleBook(rules: readonly ResolverRule[]): RuleBook {
  return { rules: rules.map((rule) => ({ rule, asked: 0, failed: 0 })), replaced: new AbortController() }
}

/** The first rule of which a pattern fits. */
export function ruleFor({ rules }: RuleBook, name: string): CountedRule | undefined {
  return rules.find(({ rule }) => rule.patterns.some((pattern) => fits(name, pattern)))
}
