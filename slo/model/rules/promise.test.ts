import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shelve } from '../library.ts'
import { parseOpenSlo } from '../parse-open-slo.ts'

const WAIT = `apiVersion: openslo/v1
kind: SLO
metadata:
  name: wait
  annotations: { team: us }
spec:
  service: shop
  indicator:
    metadata: { name: waiting }
    spec:
      thresholdMetric: { metricSource: { type: gauntlet, spec: { measure: request } } }
  budgetingMethod: Occurrences
  objectives: [{ op: lte, value: 300, target: 0.95 }]
`
const ours = (text: string): readonly [string, string] => ['team: us', text]
const counts = (text: string): readonly [string, string] => ['measure: request', text]

/** `LINE MESSAGE`, all of them */
const rows: readonly (readonly [
  title: string,
  replace: readonly (readonly [string, string])[],
  said: readonly string[],
])[] = [
  ['it is right as it stands', [], []],
  [
    'a word that an annotation does not know',
    [ours('gauntlet/statistic: meen')],
    ['5 unknown statistic "meen" (nearest: mean)'],
  ],
  ['a mean of requests is one', [ours('gauntlet/statistic: mean')], []],
  [
    'a mean of a page has too few',
    [
      ours('gauntlet/statistic: mean, gauntlet/evidence: repeats'),
      counts('measure: page, name: a/interactive'),
    ],
    ['5 a page has no mean (a mean is of request, iteration, metric, probe, query)'],
  ],
  [
    'a trend of requests is none',
    [ours('gauntlet/statistic: trend')],
    ['5 a request has no trend (a trend is of metric, probe, query)'],
  ],
  [
    'a mean of good and bad is none',
    [
      ours('gauntlet/statistic: mean'),
      [
        'thresholdMetric: { metricSource: { type: gauntlet, spec: { measure: request } } }',
        'ratioMetric: { good: { metricSource: { type: A, spec: {} } }, total: { metricSource: { type: A, spec: {} } } }',
      ],
    ],
    [
      '5 a mean is taken of values, and ratioMetric gives none (use thresholdMetric, with op and value in the objective)',
    ],
  ],
  [
    'a mean has no slices',
    [
      ours('gauntlet/statistic: mean'),
      ['Occurrences', 'RatioTimeslices'],
      ['target: 0.95', 'target: 0.95, timeSliceWindow: 1m'],
    ],
    ['12 a mean has no slices of time (budgetingMethod: Occurrences)'],
  ],
  [
    'a time has its unit',
    [ours('gauntlet/unit: s')],
    ['5 a request is measured in milliseconds (leave gauntlet/unit out)'],
  ],
  [
    'a probe has the unit that it is given',
    [ours('gauntlet/unit: MiB'), counts('measure: probe, name: a/b')],
    [],
  ],
  [
    'a threshold on a check',
    [counts('measure: check')],
    ['11 a check has an outcome, and no value to compare (use ratioMetric, with an outcome in good)'],
  ],
  [
    'a threshold on one outcome',
    [counts('measure: request, outcome: ok')],
    ['11 a threshold takes no outcome (every event is compared, and one without a good answer is bad)'],
  ],
  [
    'a threshold has its limit in the objective',
    [counts('measure: request, within: 1s')],
    ['11 a threshold takes no within (value in the objective is the limit)'],
  ],
  [
    'no time is below 0',
    [['op: lte, value: 300', 'op: lt, value: 0']],
    ['13 no request is below 0: it could only be violated (expected a limit above 0)'],
  ],
  [
    'every time is above -1',
    [['op: lte, value: 300', 'op: gt, value: -1']],
    ['13 every request is above -1: it could only be met (expected a limit above 0)'],
  ],
  [
    'a probe may be below 0',
    [['op: lte, value: 300', 'op: gt, value: -1'], counts('measure: probe, name: a/b')],
    [],
  ],
  [
    'a threshold of others is not ours to judge',
    [
      ['type: gauntlet', 'type: Datadog'],
      ['op: lte, value: 300', 'op: gt, value: -1'],
    ],
    [],
  ],
  [
    'the SLI that is named is looked at too',
    [
      [
        '  indicator:\n    metadata: { name: waiting }\n    spec:\n      thresholdMetric: { metricSource: { type: gauntlet, spec: { measure: request } } }\n',
        '  indicatorRef: waiting\n',
      ],
      [
        'target: 0.95 }]\n',
        'target: 0.95 }]\n---\napiVersion: openslo/v1\nkind: SLI\nmetadata: { name: waiting }\nspec: { thresholdMetric: { metricSource: { type: gauntlet, spec: { measure: page, name: a/interactive } } } }\n',
      ],
    ],
    [
      '4 a page cannot be judged as sample (page visits are repeats, and nothing else is: gauntlet/evidence: repeats)',
    ],
  ],
  [
    'ours on another kind mean nothing',
    [
      [
        'target: 0.95 }]\n',
        'target: 0.95 }]\n---\napiVersion: openslo/v1\nkind: Service\nmetadata: { name: shop, annotations: { gauntlet/noun: things } }\nspec: {}\n',
      ],
    ],
    ['17 "gauntlet/noun" has no meaning here (it belongs to the metadata of an SLO)'],
  ],
]

for (const [title, replace, said] of rows)
  test(title, () => {
    const text = replace.reduce((before, [from, to]) => before.replace(from, to), WAIT)
    assert.deepEqual(
      shelve([parseOpenSlo(text, 'a.yaml')]).complaints.map(
        ({ line, message, hint }) => `${line} ${message} (${hint})`,
      ),
      said,
    )
  })
