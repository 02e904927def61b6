import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  bytes,
  clock,
  count,
  counted,
  duration,
  latency,
  list,
  measuredInOne,
  moment,
  percent,
  perSecond,
  plainText,
  threeFigures,
  utcDate,
} from './words.ts'

const rows: readonly (readonly [string, string, string])[] = [
  ['thousands are set off by commas', count(24_750), '24,750'],
  ['a small count has no comma', count(999), '999'],
  ['three figures of a small number', threeFigures(0.9802), '0.980'],
  ['three figures of a large number keep the whole of it', threeFigures(24_750.4), '24,750'],
  ['below a second in ms', duration(840), '840 ms'],
  ['seconds with a tenth', duration(29_412), '29.4 s'],
  ['whole seconds without one', duration(30_000), '30 s'],
  ['just below a minute is a minute', duration(59_980), '1 min'],
  ['minutes and seconds', duration(72_000), '1 min 12 s'],
  ['hours and minutes', duration(7_500_000), '2 h 5 min'],
  ['an axis', clock(72_400), '1:12'],
  ['a moment is cut, not rounded', moment(72_499), '1:12.4'],
  ['a date is in UTC', utcDate(1_795_225_530_000_000), '21 Nov 2026, 01:45 UTC'],
  ['a whole rate', perSecond(150.01), '150/s'],
  ['a measured time has three figures', latency(6.7), '6.70 ms'],
  ['a long measured time is in seconds', latency(14_608), '14.6 s'],
  ['a measured time just below a second is not 1,000 ms', latency(999.7), '1.00 s'],
  ['a share of many times', percent(19.77), '19.8 ×'],
  ['a share', percent(0.0041), '0.41 %'],
  ['a larger share', percent(0.112), '11.2 %'],
  ['none is whole', percent(0), '0 %'],
  ['sizes are binary', bytes(8 * 2 ** 30), '8 GiB'],
  ['a list', list(['a', 'b', 'c']), 'a, b and c'],
  ['one of a plural', counted(1, 'audits'), '1 audit'],
  ['a terminal escape is written out', plainText('\u001b[31mred'), '\\u001b[31mred'],
  ['a line break is written out', plainText('a\nb'), 'a\\u000ab'],
]
for (const [title, said, expected] of rows) test(`words: ${title}`, () => assert.equal(said, expected))

const figures = { unit: 'ms', limit: 300, value: 182.1, low: 176.4, high: 188.7, events: 5850 } as const
const measuredRows: readonly (readonly [string, Parameters<typeof measuredInOne>[0], string])[] = [
  ['ms with the interval', figures, '182 ms (176–189)'],
  [
    'ms below zero, of a metric of its own',
    { ...figures, value: -5, low: -6, high: -4.5 },
    '−5.00 ms (−6.00–−4.50)',
  ],
  [
    'seconds when the promise is in seconds, all with the same decimals',
    { ...figures, limit: 1500, value: 980.2, low: 913, high: 1121 },
    '0.98 s (0.91–1.12)',
  ],
  [
    'seconds where a figure is that large, whatever the promise is in',
    { ...figures, value: 14_608, low: 14_608, high: null },
    'at least 14.6 s',
  ],
  [
    'an interval that crosses a second',
    { ...figures, value: 990, low: 870, high: 1210 },
    '0.99 s (0.87–1.21)',
  ],
  [
    'a ratio with two decimals more than its target',
    { ...figures, unit: 'ratio', limit: 0.999, value: 0.99986, low: 0.99949, high: 0.99998 },
    '99.986 % (99.949–99.998)',
  ],
  [
    'a ratio below one never becomes 100 %',
    { ...figures, unit: 'ratio', limit: 0.99, value: 0.9999999, low: null, high: null },
    '99.99 %',
  ],
  [
    'a census',
    { ...figures, unit: 'count', limit: 0, value: 0, low: null, high: null, events: 2475 },
    '0 of 2,475',
  ],
  ['an open upper end is said', { ...figures, high: null }, '182 ms (over 176)'],
  ['a value that is itself a lower bound', { ...figures, low: figures.value, high: null }, 'at least 182 ms'],
  ['no data in words', { ...figures, value: null, low: null, high: null }, 'no data'],
]
for (const [title, given, expected] of measuredRows)
  test(`measured: ${title}`, () => assert.equal(measuredInOne(given), expected))

test('bytes are all said in the unit of the largest, and what shrinks has its sign', () => {
  const grown = { ...figures, unit: 'value', limit: 5 * 2 ** 20, suffix: 'B/h' } as const
  assert.equal(
    measuredInOne({ ...grown, value: 2 ** 22, low: -(2 ** 20), high: 6 * 2 ** 20 }),
    '4.00 MiB/h (−1.00–6.00)',
  )
})
