import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { shelve } from '../library.ts'
import { parseOpenSlo } from '../parse-open-slo.ts'

const fixture = (name: string): string =>
  readFileSync(join(import.meta.dirname, '..', 'fixtures', `${name}.yaml`), 'utf8')

interface Mistake {
  readonly title: string
  readonly replace: readonly [from: string | RegExp, to: string]
  /** `LINE:COLUMN MESSAGE | HINT`, all of them */
  readonly said: readonly string[]
}

/** The complaints of this text, each with its place and hint. */
const complaintsOf = (text: string): string[] =>
  shelve([parseOpenSlo(text, 'a.yaml')]).complaints.map(
    ({ line, column, message, hint = '' }) => `${line}:${column} ${message} | ${hint}`,
  )

const tables: Readonly<Record<string, readonly Mistake[]>> = {
  services: [
    {
      title: 'another version of the format is named, with the one that is read',
      replace: ['openslo/v1', 'openslo/v1alpha'],
      said: ['2:15 unknown apiVersion "openslo/v1alpha" | nearest: openslo/v1'],
    },
    {
      title: 'of a mistyped kind everything else is still read',
      replace: [/kind: Service\n([\s\S]*?)description: What/, 'kind: Sevice\n$1descripton: What'],
      said: [
        '3:9 unknown kind "Sevice" | nearest: Service',
        '11:5 unknown key "descripton" | nearest: description',
      ],
    },
    {
      title: 'of an unknown kind its head is still read',
      replace: [/kind: Service\n {2}metadata:\n {4}name: checkout/, 'kind: Wish\n  metadata:\n    name: a b'],
      said: [
        '3:9 unknown kind "Wish" | known here: SLO, SLI, DataSource, Service, AlertPolicy, AlertCondition, AlertNotificationTarget',
        '5:11 "a b" is not a name | expected letters, digits and - . | / \\ between them, at most 255; a number in quotes',
      ],
    },
    {
      title: 'a plan of gauntlet is one mistake, with what checks it',
      replace: [
        /apiVersion: openslo\/v1\n {2}kind: Service\n {2}metadata:\n {4}name: checkout/,
        'apiVersion: gauntlet/v1\n  kind: Plan\n  metadata:\n    title: Quick\n    name: quick',
      ],
      said: [
        '3:9 kind Plan is not of OpenSLO | gauntlet plan quick checks a plan; OpenSLO says apiVersion: openslo/v1',
      ],
    },
    {
      title: 'what is missing, or is no map, is said with what is expected there',
      replace: [
        /metadata:\n {4}name: checkout[\s\S]*name: search \}\n {2}spec: \{\}/,
        'metadata: [checkout]\n- kind: Service\n  metadata: { name: search }\n  spec: []\n- spec: {}',
      ],
      said: [
        '4:13 metadata must be a map | expected a map with a name, such as { name: checkout }',
        '5:3 "apiVersion" is missing | expected openslo/v1',
        '7:9 spec must be a map | expected a map, such as description: TEXT',
        '8:3 "apiVersion" is missing | expected openslo/v1',
        '8:3 "metadata" is missing | expected a map with a name, such as { name: checkout }',
        '8:3 "kind" is missing | expected one of SLO, SLI, DataSource, Service, AlertPolicy, AlertCondition, AlertNotificationTarget',
      ],
    },
    {
      title: 'a name in digits is told to stand in quotes',
      replace: ['name: checkout', 'name: 17'],
      said: [
        '5:11 "17" is not a name | expected letters, digits and - . | / \\ between them, at most 255; a number in quotes',
      ],
    },
    {
      title: 'an unknown key is refused where it stands',
      replace: ['description: What', 'markdown: What'],
      said: ['11:5 unknown key "markdown" | known here: description'],
    },
    {
      title: 'a label is text, not a number',
      replace: ['tier: one', 'tier: 1'],
      said: ['8:13 tier "1" must be text | expected text, or a list of texts'],
    },
    {
      title: 'an empty name is a missing one',
      replace: ['name: search', 'name:'],
      said: [
        '14:3 "name" is missing in metadata | expected letters, digits and - . | / \\ between them, at most 255; a number in quotes',
      ],
    },
  ],
  'data-sources': [
    {
      title: 'a data source needs a type and its connection details',
      replace: [/ {2}type: CloudWatch\n {2}connectionDetails:\n.*\n.*\n/, '  description: nothing\n'],
      said: [
        '14:1 "type" is missing in spec | expected the type of source, such as Prometheus',
        '14:1 "connectionDetails" is missing in spec | expected how it is reached; anything',
      ],
    },
    {
      title: 'two objects of one kind and name are refused, with both places',
      replace: ['name: cloud', 'name: metrics'],
      said: ['13:19 a second DataSource "metrics" | the first is in a.yaml:3'],
    },
  ],
  indicators: [
    {
      title: 'good and bad are not both given',
      replace: [
        'spec: { query: "sum:http.requests{status:200}.as_count()" }',
        'spec: {}\n      bad: { metricSource: { type: Datadog, spec: {} } }',
      ],
      said: ['13:7 good and bad are both given | keep one of them: the rest of total is the other'],
    },
    {
      title: 'raw is not given beside total',
      replace: [
        /rawType: success\n/,
        'rawType: success\n      total: { metricSource: { type: A, spec: {} } }\n      good: { metricSource: { type: A, spec: {} } }\n',
      ],
      said: ['34:7 raw and total are both given | raw is a ratio already: keep one of them'],
    },
    {
      title: 'raw without its type says nothing, and an unknown type is refused',
      replace: [/rawType: success\n {6}([\s\S]*)rawType: failure/, '$1rawType: fails'],
      said: [
        '31:7 raw needs a rawType | rawType: success, or failure',
        '42:35 unknown rawType "fails" | known here: success, failure',
      ],
    },
    {
      title: 'a ratio needs a whole',
      replace: [/ {6}total: { metricSource: { type: AppDynamics.*\n/, ''],
      said: ['23:7 ratioMetric needs a total | total with good or bad, or raw with rawType'],
    },
    {
      title: 'a metric source needs a type, or a data source to have it from',
      replace: ['metricSourceRef: warehouse, ', ''],
      said: [
        '49:38 the metric source has no type | type: gauntlet or Prometheus, or metricSourceRef: NAME of a DataSource',
      ],
    },
    {
      title: 'an indicator has one metric, not two',
      replace: [
        '    thresholdMetric:',
        '    ratioMetric: { raw: { metricSource: { type: A, spec: {} } }, rawType: success }\n    thresholdMetric:',
      ],
      said: ['50:5 thresholdMetric and ratioMetric are both given | keep one of them'],
    },
    {
      title: 'an indicator has one metric, not none',
      replace: [/ {2}spec: { thresholdMetric.*/, '  spec: { description: none }'],
      said: ['53:9 an indicator needs a metric | ratioMetric, or thresholdMetric'],
    },
    {
      title: 'a source without a query to ask is refused, whatever its type',
      replace: [', spec: { application: shop, path: Slow }', ''],
      said: ['24:14 "spec" is missing in metricSource | expected what is asked of the source; anything'],
    },
  ],
  'slo-ratio': [
    {
      title: 'no indicator counts nothing',
      replace: [/ {2}indicator:[\s\S]*?( {2}timeWindow)/, '$1'],
      said: ['7:3 no indicator says what is counted | indicator, or indicatorRef: NAME of an SLI'],
    },
    {
      title: 'an indicator and the name of one are not both given',
      replace: ['  timeWindow:', '  indicatorRef: other\n  timeWindow:'],
      said: ['14:17 indicator and indicatorRef are both given | keep one of them'],
    },
    {
      title: 'a target of all is refused in percent too, and a census offered',
      replace: ['95.5', '100'],
      said: [
        '22:22 targetPercent 100 is not allowed by OpenSLO | to ask that none is bad, use a census:\nmetadata: { annotations: { gauntlet/evidence: census } }',
      ],
    },
    {
      title: 'a target is given once',
      replace: ['target: 0.98', 'target: 0.98\n      targetPercent: 98'],
      said: ['21:22 target and targetPercent are both given | keep one of them'],
    },
    {
      title: 'an objective without a target promises nothing',
      replace: ['- target: 0\n', '- displayName: Nothing\n'],
      said: ['23:7 an objective needs a target | target: 0.999, or targetPercent: 99.9'],
    },
    {
      title: 'a target below 0 and a text are no shares',
      replace: [/0\.98([\s\S]*)95\.5/, 'most$1-0.1'],
      said: [
        '20:15 "most" is not a number | expected a share such as 0.999',
        '22:22 targetPercent -0.1 is not a share of good events | expected a number from 0 and below 100, such as 99.9',
      ],
    },
    {
      title: 'two windows are one too many',
      replace: ['    - duration: 4w', '    - { duration: 1d, isRolling: true }\n    - duration: 4w'],
      said: ['15:5 timeWindow must not have more than 1 items | expected exactly one window, or none'],
    },
    {
      title: 'a length of time has at most six digits, so that its milliseconds are a number',
      replace: [/duration: \w+/, `duration: ${'9'.repeat(400)}Y`],
      said: [
        `15:17 "${'9'.repeat(400)}Y" is not a duration | expected a whole number of at most 6 digits with one of m h d w M Q Y, such as 5m or 28d`,
      ],
    },
    {
      title: 'a length of time is a whole number and one of seven letters, and case counts',
      replace: ['4w', '4D'],
      said: [
        '15:17 "4D" is not a duration | expected a whole number of at most 6 digits with one of m h d w M Q Y, such as 5m or 28d',
      ],
    },
    {
      title: 'a window that does not roll needs a calendar',
      replace: ['isRolling: true', 'isRolling: false'],
      said: ['15:7 the window does not say when it starts | isRolling: true, or a calendar'],
    },
    {
      title: 'slices of time need their length and what makes one good, in every objective',
      replace: [/Occurrences([\s\S]*) {4}- target: 0\n/, 'Timeslices$1'],
      said: [
        '19:7 Timeslices needs a timeSliceWindow | how long a slice is, such as timeSliceWindow: 1m',
        '19:7 Timeslices needs a timeSliceTarget | the share of good events that makes a slice good, such as timeSliceTarget: 0.95',
        '21:7 Timeslices needs a timeSliceWindow | how long a slice is, such as timeSliceWindow: 1m',
        '21:7 Timeslices needs a timeSliceTarget | the share of good events that makes a slice good, such as timeSliceTarget: 0.95',
      ],
    },
    {
      title: 'mistakes of shape and of sense are said at once',
      replace: [
        /4w([\s\S]*)0\.98\n([\s\S]*)targetPercent: 95\.5/,
        '4D$11\n$2targetPercent: 95.5\n      markdown: no',
      ],
      said: [
        '15:17 "4D" is not a duration | expected a whole number of at most 6 digits with one of m h d w M Q Y, such as 5m or 28d',
        '20:15 target 1 is not allowed by OpenSLO | to ask that none is bad, use a census:\nmetadata: { annotations: { gauntlet/evidence: census } }',
        '23:7 unknown key "markdown" | known here: displayName, op, value, target, targetPercent, timeSliceTarget, timeSliceWindow, indicator, indicatorRef, compositeWeight',
      ],
    },
    {
      title: 'an SLO without objectives, service and method is told all three',
      replace: [/ {2}service: shop\n([\s\S]*) {2}budgetingMethod: Occurrences\n {2}objectives:[\s\S]*/, '$1'],
      said: [
        '6:1 "service" is missing in spec | expected the service that promises it',
        '6:1 "budgetingMethod" is missing in spec | expected Occurrences, Timeslices or RatioTimeslices',
        '6:1 "objectives" is missing in spec | expected a list of at least one objective',
      ],
    },
  ],
  'several-documents': [
    {
      title: 'a name that is none is not looked for',
      replace: ['indicatorRef: queue-length', 'indicatorRef: 5'],
      said: [
        '7:17 "5" is not a name | expected letters, digits and - . | / \\ between them, at most 255; a number in quotes',
      ],
    },
    {
      title: 'an SLI that is not among those given is a mistake',
      replace: ['indicatorRef: queue-length', 'indicatorRef: lateness'],
      said: ['7:17 unknown SLI "lateness" | known here: queue-length'],
    },
    {
      title: 'of a data source only a slip of the pen is a mistake',
      replace: [
        /metricSourceRef: cloud([\s\S]*)targetRef: pager/,
        'metricSourceRef: clowd$1targetRef: someone',
      ],
      said: ['18:55 unknown DataSource "clowd" | nearest: cloud'],
    },
  ],
  'slo-calendar-timeslices': [
    {
      title: 'a calendar names a zone of the world',
      replace: ['America/New_York', 'America/NewYork'],
      said: ['10:61 unknown timeZone "America/NewYork" | nearest: America/New_York, America/Dawson'],
    },
    {
      title: 'a day that is not in the calendar is no start',
      replace: ['2026-01-01 00', '2026-02-30 00'],
      said: [
        '10:30 "2026-02-30 00:00:00" is not a date and a time | expected one without a time zone, such as 2026-01-31 12:30:00',
      ],
    },
    {
      title: 'a rolling window has no calendar',
      replace: ['- duration: 1M', '- duration: 1M\n      isRolling: true'],
      said: ['11:7 a rolling window has no calendar | leave it out, or isRolling: false'],
    },
    {
      title: 'a share of a slice is above 0 and at most 1',
      replace: [
        /timeSliceTarget: 0\.99,([\s\S]*)timeSliceTarget: 1,/,
        'timeSliceTarget: 0,$1timeSliceTarget: 1.1,',
      ],
      said: [
        '14:68 "0" is not a share | expected above 0, at most 1, such as 0.95',
        '15:61 "1.1" is not a share | expected above 0, at most 1, such as 0.95',
      ],
    },
    {
      title: 'a slice has a length',
      replace: [/timeSliceWindow: 1m([\s\S]*)timeSliceWindow: 5/, 'timeSliceWindow: 0$1timeSliceWindow: 5s'],
      said: [
        '14:91 "0" is not a duration | expected a number of minutes below a million, or one with a unit, such as 5m',
        '15:81 "5s" is not a duration | expected a number of minutes below a million, or one with a unit, such as 5m',
      ],
    },
    {
      title: 'a slice of so many minutes that their milliseconds are no number is refused',
      replace: ['timeSliceWindow: 5 ', 'timeSliceWindow: 1e305 '],
      said: [
        '15:81 "1e305" is not a duration | expected a number of minutes below a million, or one with a unit, such as 5m',
      ],
    },
    {
      title: 'an operator that OpenSLO does not have is refused',
      replace: ['op: gt', 'op: lessThan'],
      said: ['14:32 unknown op "lessThan" | known here: lte, gte, lt, gt'],
    },
  ],
  'slo-threshold': [
    {
      title: 'a threshold needs an op and a value',
      replace: ['op: lt, value: 500, ', ''],
      said: [
        '19:16 a thresholdMetric needs an op | what each value is compared with, such as op: lte and value: 300',
      ],
    },
    {
      title: 'a threshold that nothing can pass or fail is no number',
      replace: ['value: 500', 'value: .inf'],
      said: ['19:52 ".inf" is not a number | expected a finite number'],
    },
    {
      title: 'OpenSLO allows one objective of a threshold',
      replace: ['target: 0.99 }', 'target: 0.99 }, { op: lt, value: 900, target: 0.999 }'],
      said: [
        '19:73 a second objective of a thresholdMetric | OpenSLO allows one: write a ratioMetric, or an SLO for each',
      ],
    },
  ],
  'slo-composite': [
    {
      title: 'in a composite each objective has an indicator of its own',
      replace: ['      indicatorRef: finding\n', ''],
      said: [
        '9:7 this objective of a composite has no indicator | indicator, or indicatorRef: NAME of an SLI',
      ],
    },
    {
      title: 'a composite has no indicator for all',
      replace: ['  service: shop', '  service: shop\n  indicatorRef: all'],
      said: ['5:3 an indicator here, and one in an objective | a composite has one in each objective only'],
    },
    {
      title: 'a weight is above 0',
      replace: ['2.5', '0'],
      said: ['14:24 "0" is not a weight | expected a number above 0'],
    },
  ],
  'alert-policies': [
    {
      title: 'a policy has one condition, and someone to tell',
      replace: [
        /- conditionRef: burns\n {4}notificationTargets:\n {6}- targetRef: mail/,
        '- conditionRef: burns\n      - conditionRef: other\n    notificationTargets: []',
      ],
      said: [
        '10:7 conditions must not have more than 1 items | expected exactly one condition',
        '12:26 notificationTargets must have something in it | expected a list of at least one target',
      ],
    },
    {
      title: 'an entry that names nothing and holds nothing is refused',
      replace: ['conditionRef: burns', 'foo: bar'],
      said: ['10:9 unknown key "foo" | known here: conditionRef, kind, metadata, spec'],
    },
    {
      title: 'an entry names an object or holds one',
      replace: ['- kind: AlertCondition', '- conditionRef: burns\n        kind: AlertCondition'],
      said: ['18:9 conditionRef and kind are both given | keep conditionRef, or kind, metadata and spec'],
    },
    {
      title: 'an object in place says what it is',
      replace: [
        '- kind: AlertNotificationTarget\n        metadata: { name: chat }\n',
        '- metadata: { name: chat }\n',
      ],
      said: [
        '25:9 "kind" is missing | an AlertNotificationTarget that stands here has kind, metadata and spec',
      ],
    },
    {
      title: 'an object in place is of the kind that belongs there',
      replace: ['kind: AlertCondition\n', 'kind: AlertPolicy\n'],
      said: ['18:15 unknown kind "AlertPolicy" | known here: AlertCondition'],
    },
  ],
  'alert-conditions': [
    {
      title: 'a condition needs all of its figures, and a severity',
      replace: [/ {2}severity: warning\n {2}condition: .*/, '  condition: { kind: burnrat }'],
      said: [
        '11:1 "severity" is missing in spec | expected how bad it is, such as page',
        '12:3 "op" is missing in condition | expected lte, gte, lt or gt',
        '12:3 "threshold" is missing in condition | expected a burn rate',
        '12:3 "lookbackWindow" is missing in condition | expected a whole number of at most 6 digits with one of m h d w M Q Y, such as 5m or 28d',
        '12:22 unknown kind "burnrat" | nearest: burnrate',
      ],
    },
  ],
  'names-and-keys': [
    {
      title: 'a description is at most 1050 characters long, and is not repeated in the complaint',
      replace: ['description: d', 'description: dd'],
      said: ['18:3 the description has 1051 characters | at most 1050'],
    },
    {
      title: 'keys of labels and annotations have the form of those of Kubernetes',
      replace: [/ {4}nEt: one\n([\s\S]*)domain\/service/, '    net-: one\n$1openslo..com/service'],
      said: [
        '10:5 "net-" is not a key of a label | letters and digits with - _ . between them, at most 63',
        '15:5 "openslo..com/service" is not a key of an annotation | NAME or DOMAIN/NAME: the name of letters and digits with - _ . between them, at most 63',
      ],
    },
  ],
}

for (const [name, mistakes] of Object.entries(tables))
  describe(`mistakes in ${name}`, () => {
    for (const { title, replace, said } of mistakes)
      it(title, () => {
        const text = fixture(name)
        assert.deepEqual(complaintsOf(text), [])
        assert.deepEqual(complaintsOf(text.replace(replace[0], replace[1])), said)
      })
  })
