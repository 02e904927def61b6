import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseOpenSlo } from '../../../slo/model/index.ts'
import { describeObject } from './slo-words.ts'

const SLO = `apiVersion: openslo/v1
kind: SLO
metadata: { name: waits }
spec:
  service: shop
  indicatorRef: waiting
  budgetingMethod: Occurrences
  objectives: [{ target: 0.9 }]
`
const CONDITION = `apiVersion: openslo/v1
kind: AlertCondition
metadata: { name: fast-burn }
spec: { severity: page, condition: { op: lte, threshold: 3, lookbackWindow: 5m } }
`
const said = (text: string): (readonly string[])[] =>
  parseOpenSlo(text, 'a.yaml').written.map((one) => describeObject(one, undefined).says)

test('of an object with a mistake nothing is said that its file does not say', () => {
  assert.deepEqual(said(`${SLO}---\n${CONDITION}`), [['90 %'], ['page: burn rate ≤ 3 over 5m']])
  const broken = `${SLO}---\n${CONDITION}`.replace('0.9', 'nine').replace('op: lte', 'op: eq')
  assert.deepEqual(said(broken), [[], []])
})
