import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Complaint } from '../../reports/run/index.ts'
import { shelve } from './library.ts'
import { parseOpenSlo } from './parse-open-slo.ts'

const SEARCH = `apiVersion: openslo/v1
kind: SLO
metadata:
  name: search-latency
  displayName: Search
spec:
  description: Most visits start with a search.
  service: catalogue
  indicator:
    metadata: { name: search-within-300ms }
    spec:
      ratioMetric:
        good: { metricSource: { type: gauntlet, spec: { measure: request, name: search, within: 300ms } } }
        total: { metricSource: { type: gauntlet, spec: { measure: request, name: search } } }
  timeWindow: [{ duration: 28d, isRolling: true }]
  budgetingMethod: Occurrences
  objectives: [{ displayName: 95 % within 300 ms, target: 0.95 }]
`

interface Mistake {
  readonly title: string
  readonly replace: readonly [from: string | RegExp, to: string]
  /** `LINE|MARKED TEXT|MESSAGE`, then the hint */
  readonly said: readonly (readonly [complaint: string, hint: RegExp])[]
}

/** Counts orders: these parts of a good or bad one. */
const fact = (part: 'good' | 'bad', rest: string): Mistake['replace'] => [
  /(good)(: .*)spec: .* \} \} \}\n( +total.*)spec: .* \} \} \}/,
  `${part}$2spec: { measure: fact, name: orders${rest} } } }\n$3spec: { measure: fact, name: orders } } }`,
]
const LCP = 'spec: { measure: page, name: home/largest-contentful-paint }'
const GOOD = 'spec: { measure: request, name: search, within: 300ms }'
const mistakes: readonly Mistake[] = [
  {
    title: 'a target of 1 is refused, and a census offered',
    replace: ['target: 0.95', 'target: 1'],
    said: [
      [
        '17|1|target 1 is not allowed by OpenSLO',
        /use a census:\nmetadata: \{ annotations: \{ gauntlet\/evidence: census \} \}$/,
      ],
    ],
  },
  {
    title: 'a target in percent is refused',
    replace: ['target: 0.95', 'target: 95'],
    said: [['17|95|target 95 is not a share of good events', /such as 0\.999/]],
  },
  {
    title: 'an unknown key in our part is refused, with the nearest right one',
    replace: ['within: 300ms', 'withn: 300ms'],
    said: [['13|withn|unknown key "withn"', /^nearest: within$/]],
  },
  {
    title: 'an unknown measure is refused, with the nearest right one',
    replace: [/measure: request/g, 'measure: requests'],
    said: [
      ['13|requests|unknown measure "requests"', /^nearest: request$/],
      ['14|requests|unknown measure "requests"', /^nearest: request$/],
    ],
  },
  {
    title: 'a number without a unit is no limit',
    replace: ['within: 300ms', 'within: 300'],
    said: [['13|300|"300" is not a duration', /such as 500ms, 45s or 5m/]],
  },
  {
    title: 'good and total must count the same',
    replace: [GOOD, 'spec: { measure: iteration, name: search }'],
    said: [['13|iteration|good has measure iteration, total has request', /same/]],
  },
  {
    title: 'neither good nor bad counts nothing',
    replace: [/ +good: .*\n/, ''],
    said: [
      [
        '13|total: { metricSource: { type: gauntlet, spec: { measure: request, name: search } } }|ratioMetric needs either good or bad',
        /beside total/,
      ],
    ],
  },
  {
    title: 'an unknown outcome is refused, with the nearest right one',
    replace: [GOOD, 'spec: { measure: request, name: search, outcome: timout }'],
    said: [['13|timout|unknown outcome "timout"', /^nearest: timeout$/]],
  },
  {
    title: 'a census of requests is refused: they are no listed set',
    replace: ['displayName: Search', 'displayName: Search\n  annotations: { gauntlet/evidence: census }'],
    said: [
      ['6|census|a request cannot be a census', /measure: fact/],
      ['6|census|a census says what is bad', /outcome: lost/],
    ],
  },
  {
    title: 'a mistyped annotation of ours is refused',
    replace: ['displayName: Search', 'displayName: Search\n  annotations: { gauntlet/evidnce: census }'],
    said: [['6|gauntlet/evidnce|unknown annotation "gauntlet/evidnce"', /^nearest: gauntlet\/evidence/]],
  },
  {
    title: 'a check takes no time, so a limit on it is refused',
    replace: [/measure: request/g, 'measure: check'],
    said: [['13|300ms|a check has no duration', /leave within out/]],
  },
  {
    title: 'a page must be said to be repeats, and needs its audit and a limit',
    replace: [/spec: \{ measure: request, name: search(, within: 300ms)? \}/g, 'spec: { measure: page }'],
    said: [
      ['4|name: search-latency|a page cannot be judged as sample', /repeats/],
      ['13|{ measure: page }|a page needs a name', /AUDIT\/METRIC/],
      ['13|{ measure: page }|a page needs a limit', /within/],
      ['14|{ measure: page }|a page needs a name', /AUDIT\/METRIC/],
    ],
  },
  {
    title: 'a page is judged by its good visits, so bad is refused',
    replace: [
      /(displayName: Search)(.*)good(: .*)spec: .* \} \} \}\n( +total.*)spec: .* \} \} \}/s,
      `$1\n  annotations: { gauntlet/evidence: repeats }$2bad$3${LCP} } }\n$4${LCP} } }`,
    ],
    said: [['14|bad|a page takes no bad', /give good with within/]],
  },
  ...(['good', 'bad'] as const).map((part) => ({
    title: `without an outcome every fact would be ${part}`,
    replace: fact(part, ''),
    said: [
      [`13|{ measure: fact, name: orders }|${part} of a fact needs an outcome`, /such as done/] as const,
    ],
  })),
  {
    title: 'known has no limit in its meaning, so a limit on it is refused',
    replace: fact('good', ', outcome: known, within: 60s'),
    said: [['13|60s|a fact that is known takes no within', /only done and late have a limit/]],
  },
  ...(['done', 'late'] as const).map((outcome) => ({
    title: `${outcome} without a limit would leave out all that is open`,
    replace: fact('good', `, outcome: ${outcome}`),
    said: [
      [
        `13|{ measure: fact, name: orders, outcome: ${outcome} }|a fact that is ${outcome} needs a limit`,
        /within: 60s/,
      ] as const,
    ],
  })),
  {
    title: 'mistakes far apart are said together, in reading order',
    replace: [/28d|Occurrences/g, 'Ocurrences'],
    said: [
      ['15|Ocurrences|"Ocurrences" is not a duration', /such as 5m or 28d/],
      ['16|Ocurrences|unknown budgetingMethod "Ocurrences"', /^nearest: Occurrences$/],
    ],
  },
]

const read = (text: string) => shelve([parseOpenSlo(text, 'search.slo.yaml')])

test('a right document has no complaints, and is frozen', () => {
  const { slos, complaints } = read(SEARCH)
  assert.deepEqual(complaints, [])
  assert.ok(Object.isFrozen(slos.get('search-latency')?.slo.spec))
})

test('annotations of others are left alone', () => {
  const other = SEARCH.replace(
    'displayName: Search',
    'displayName: Search\n  annotations: { team/owner: us }',
  )
  assert.deepEqual(read(other).complaints, [])
})

const markedBy = ({ excerpt = '', column, length = 1 }: Complaint): string =>
  excerpt.slice(column - 1, column - 1 + length)

for (const { title, replace, said } of mistakes)
  test(title, () => {
    const { slos, complaints } = read(SEARCH.replace(replace[0], replace[1]))
    assert.equal(slos.size, 0)
    assert.deepEqual(
      complaints.map((one) => `${one.line}|${markedBy(one)}|${one.message}`),
      said.map(([complaint]) => complaint),
    )
    for (const [n, [, hint]] of said.entries()) assert.match(complaints[n]?.hint ?? 'no hint', hint)
  })
