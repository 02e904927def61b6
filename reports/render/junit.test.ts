import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toJunit } from './junit.ts'
import { withHostileNames } from './testing/hostile.ts'
import { exampleRun, type State } from './testing/index.ts'

const junit = (state: State) => {
  const { record, verdict } = exampleRun(state)
  return toJunit(record, verdict)
}

const rows: readonly (readonly [State, number, number, string])[] = [
  ['met', 0, 0, 'a violated advisory objective is not counted'],
  ['violated', 3, 0, 'each violated objective is a failure'],
  ['inconclusive', 0, 2, 'an inconclusive objective is an error, and so is the run'],
  ['invalid', 0, 4, 'spoilt objectives are errors, and so is the run'],
  ['crashed', 0, 7, 'a crash is an error of the run and of what it left open'],
  ['interrupted', 0, 7, 'an early end is an error of the run and of what it left open'],
]
for (const [state, failures, errors, why] of rows)
  test(`JUnit of a run that is ${state}: ${why}`, () => {
    const xml = junit(state)
    assert.match(
      xml,
      new RegExp(`<testsuites name="gauntlet" tests="8" failures="${failures}" errors="${errors}"`),
    )
    assert.equal(xml.match(/<failure /g)?.length ?? 0, failures)
    assert.equal(xml.match(/<error /g)?.length ?? 0, errors)
    assert.doesNotMatch(xml, /<skipped/)
  })

test('an advisory objective is noted as not counted', () => {
  assert.match(junit('met'), /<system-out>advisory, not counted&#10;violated: 104 ms/)
})

for (const [state, failures, errors] of [
  ['fired', 0, 0],
  ['silent', 1, 0],
  ['not tried', 0, 1],
  ['not judged', 0, 1],
] as const)
  test(`an alert that is ${state} is a case of its own with ${failures} failures and ${errors} errors`, () => {
    const { record, verdict } = exampleRun('met')
    const alert = { objective: 'availability', state, firedMs: null, why: 'the alert was as it was' }
    const faults = verdict.faults.map((one) => ({ ...one, alert }))
    const xml = toJunit(record, { ...verdict, faults })
    assert.match(xml, new RegExp(`tests="9" failures="${failures}" errors="${errors}"`))
    assert.match(xml, /classname="[a-z-]+\.alerts" name="kill-order-worker"/)
  })

test('what XML cannot hold is written out', () => {
  const { record, verdict } = withHostileNames(exampleRun('met'))
  const xml = toJunit(record, { ...verdict, why: 'a\u0000b\ud800c\uffffd😀' })
  assert.match(xml, /a\\u0000b\\ud800c\\uffffd😀/)
  assert.doesNotMatch(xml, /[^\n\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u)
})
