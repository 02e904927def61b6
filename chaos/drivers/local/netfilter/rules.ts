import { matching, type Packets } from './packets.ts'

/** What is done to those packets: a share of them dropped, or all led to a class of tc. */
export interface Rule {
  readonly packets: Packets
  readonly act: { readonly drop: number } | { readonly class: string }
}

/** The random number of nft is below this: a share is exact to a hundredth of a percent. */
const OUT_OF = 10_000

/** In the kernel's order: netfilter's own name for 0. */
const chain = (hook: string): string => `{ type filter hook ${hook} priority filter; policy accept; }`

/**
 * All or nothing, as one transaction of nft. `create` refuses a name that is taken. Of each rule there are two: the first counts
 * what came, the second what was hit.
 */
export function tableScript(name: string, rules: readonly Rule[]): string {
  const hooks = [...new Set(rules.map(({ packets }) => packets.hook))]
  const add = ({ packets }: Rule, what: string): string =>
    `add rule inet ${name} ${packets.hook} ${matching(packets)} ${what}`
  return [
    `create table inet ${name}`,
    ...hooks.map((hook) => `add chain inet ${name} ${hook} ${chain(hook)}`),
    ...rules.flatMap((rule) => [
      add(rule, 'counter comment "came"'),
      add(rule, `${acting(rule.act)} comment "hit"`),
    ]),
  ].join('\n')
}

function acting(act: Rule['act']): string {
  if ('class' in act) return `counter meta priority set ${act.class}`
  const isAll = act.drop >= 1
  return `${isAll ? '' : `numgen random mod ${OUT_OF} < ${Math.max(1, Math.round(act.drop * OUT_OF))} `}counter drop`
}

/** `gauntlet_` and the injection's id, in letters that nft takes: nobody else names a table so. */
export function tableName(injection: string): string {
  return `gauntlet_${injection.replaceAll(/[^a-z0-9]/g, '_')}`
}
