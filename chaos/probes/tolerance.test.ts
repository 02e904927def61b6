import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Tolerance } from './planned-probe.ts'
import { assertOneMistake } from './testing.ts'
import { judge } from './tolerance.ts'
import { mistakesOfTolerance } from './tolerance-mistakes.ts'
import { toleranceInWords } from './tolerance-words.ts'

type Row = readonly [
  sentence: string,
  tolerance: Tolerance,
  normal: readonly unknown[],
  others: readonly unknown[],
]

const JSON_TEXT = '{"status":"ok","load":[0.5,0.9],"deep":{"n":null}}'

const ROWS: readonly Row[] = [
  [
    'a number is equal to itself, and to its text',
    200,
    [200, '200', ' 200\n'],
    [201, '', 'ok', null, undefined, true],
  ],
  ['zero is not what is empty or absent', 0, [0, '0'], ['', ' ', null, undefined, false, []]],
  ['a text is equal to the very same text', 'ok', ['ok'], ['ok ', 'OK', '"ok"', undefined]],
  ['the text of a number is a text', '200', ['200'], [200]],
  ['true is no text and no number', true, [true], ['true', 1, undefined]],
  ['null is not what is absent', null, [null], [undefined, 0, '']],
  ['of a list any will do', [200, 204, 'ok'], [200, 204, 'ok'], [201, undefined, [200, 204, 'ok']]],
  [
    'both ends of a range are normal',
    { min: 1, max: 3 },
    [1, 3, '2.5'],
    [0.99, 3.01, '4', 'two', null, undefined, ''],
  ],
  ['without a least, everything below is normal', { max: 3 }, [-1e9, 3], [3.5, NaN, -Infinity]],
  ['without a most, everything above is normal', { min: 0 }, [0, 1e9], [-1, Infinity]],
  ['a pattern is found anywhere', { regex: 'r(ea)?dy' }, ['all ready', 'rdy'], ['Ready', '', undefined]],
  ['a pattern reads numbers and JSON as text', { regex: '^5\\d\\d$' }, [503, '503'], [200]],
  ['a pattern knows Unicode', { regex: '^\\p{L}.$' }, ['é😀'], ['é']],
  [
    'a path finds something',
    { jsonpath: '$.deep.n' },
    [JSON_TEXT, { deep: { n: 1 } }],
    ['{}', 'no JSON', '', undefined],
  ],
  [
    'a path finds nothing',
    { jsonpath: '$.error', exists: false },
    [JSON_TEXT, []],
    ['{"error":null}', 'no JSON', undefined],
  ],
  [
    'what a path finds is equal',
    { jsonpath: '$.status', expect: 'ok' },
    [JSON_TEXT],
    ['{"status":"down"}', '{}'],
  ],
  [
    'all that a path finds is normal',
    { jsonpath: '$.load[*]', expect: { max: 0.9 } },
    [JSON_TEXT],
    ['{"load":[0.5,0.91]}', '{"load":[]}'],
  ],
  [
    'what a filter finds is matched',
    { jsonpath: '$[?@.id > 1].name', expect: { regex: '^b' } },
    [
      [
        { id: 1, name: 'a' },
        { id: 2, name: 'b' },
      ],
    ],
    [[{ id: 2, name: 'a' }]],
  ],
]

describe('a tolerance', () => {
  for (const [sentence, tolerance, normal, others] of ROWS)
    it(sentence, () => {
      assert.deepEqual(mistakesOfTolerance(tolerance), [])
      for (const value of normal) assert.equal(judge(tolerance, value).held, true, `${JSON.stringify(value)}`)
      for (const value of others)
        assert.equal(judge(tolerance, value).held, false, `${JSON.stringify(value)}`)
    })

  it('says that a pattern has read 64 KiB only', () => {
    const text = `${'a'.repeat(64 * 1024)}b`
    assert.deepEqual(judge({ regex: 'b' }, text), { held: false, why: 'only its first 64 KiB were read' })
    assert.deepEqual(judge({ regex: 'b$' }, text.slice(1)), { held: true })
  })

  it('breaks off a pattern that backtracks without end, also one within a path', () => {
    const text = `${'a'.repeat(60)}!`
    const brokenOff = { held: false, why: 'broken off after 250 ms' }
    assert.deepEqual(judge({ regex: '^(a+)+$' }, text), brokenOff)
    assert.deepEqual(judge({ jsonpath: "$[?match(@, '(a+)+')]" }, [text]), brokenOff)
    assert.deepEqual(judge({ jsonpath: '$[*]', expect: { regex: '^(a+)+$' } }, [text]), brokenOff)
  })

  it('gives words to JSON that goes too deep', () => {
    const { held, why } = judge({ jsonpath: '$..x' }, `${'['.repeat(5000)}${']'.repeat(5000)}`)
    assert.equal(held, false)
    assert.match(why ?? '', /^the path failed: /)
  })
})

describe('the mistakes of a tolerance', () => {
  const WRONG: readonly (readonly [Tolerance, string, RegExp])[] = [
    [{ regex: 'a(b' }, 'regex', /^invalid regular expression: .*unterminated group/i],
    [{ regex: '\\-' }, 'regex', /invalid escape/i],
    [{ jsonpath: '$.a[' }, 'jsonpath', /^no JSON path: unclosed bracketed selection at character 5$/],
    [{ jsonpath: 'status' }, 'jsonpath', /expected '\$', found 's' at character 1$/],
    [{ jsonpath: '$[?size(@) > 1]' }, 'jsonpath', /no such function 'size' at character 4$/],
    [{ jsonpath: '$', exists: true, expect: 1 }, 'exists', /beside expect/],
    [{ jsonpath: '$', expect: { regex: '[' } }, 'expect.regex', /invalid regular expression/],
    [{ jsonpath: '$', expect: { min: 2, max: 1 } }, 'expect.max', /nothing/],
    [{ min: 2, max: 1 }, 'max', /^from 2 to 1 there is nothing$/],
  ]
  for (const [tolerance, path, message] of WRONG)
    it(`are told at ${path} of ${JSON.stringify(tolerance)}`, () => {
      assertOneMistake(mistakesOfTolerance(tolerance), path, message)
    })
})

it('a tolerance is said in words', () => {
  const words: readonly (readonly [Tolerance, string])[] = [
    [200, '200'],
    ['ok', '"ok"'],
    [[200, 'ok'], '200 or "ok"'],
    [{ min: 1 }, 'at least 1'],
    [{ max: 2.5 }, 'at most 2.5'],
    [{ min: 200, max: 299 }, '200 to 299'],
    [{ regex: 'a|b' }, 'like /a|b/'],
    [{ jsonpath: '$.a' }, 'with $.a'],
    [{ jsonpath: '$.a', exists: false }, 'without $.a'],
    [{ jsonpath: '$.a', expect: { min: 1 } }, 'with $.a at least 1'],
  ]
  for (const [tolerance, said] of words) assert.equal(toleranceInWords(tolerance), said)
})
