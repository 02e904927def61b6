import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { AuditVisit, PlannedObjective } from '../../../reports/run/index.ts'
import { HOME_AUDIT, RECORDED_PLAN } from '../testing/recorded.ts'
import { visitsDecide } from './visits-decide.ts'

const PAGE: PlannedObjective = {
  name: 'home-page',
  title: 'Home page',
  advisory: false,
  phases: ['pages'],
  evidence: 'repeats',
  total: { measure: 'page', name: 'home/largest-contentful-paint' },
  good: { measure: 'page', name: 'home/largest-contentful-paint', withinMs: 1500 },
  targetRatio: 0.5,
  promised: 'median LCP < 1.5 s',
  noun: 'audits',
}

function visits(...paintsMs: number[]): AuditVisit[] {
  return paintsMs.map((ms, n) => ({
    schema: 'gauntlet/audit/1',
    audit: 'home',
    phase: 'pages',
    visit: n + 1,
    atUs: 1,
    metrics: { 'largest-contentful-paint': ms },
    benchmarkIndex: 1000,
    error: null,
  }))
}

const FAILED: AuditVisit = {
  ...visits(0)[0]!,
  metrics: {},
  benchmarkIndex: null,
  error: 'NO_FCP: nothing was painted',
}

describe('page visits', () => {
  const isDecided = visitsDecide(
    { ...RECORDED_PLAN, objectives: [...RECORDED_PLAN.objectives, PAGE] },
    HOME_AUDIT,
  )
  const fast = (n: number): number[] => Array.from({ length: n }, () => 300)
  const slow = (n: number): number[] => Array.from({ length: n }, () => 9000)

  it('are enough when six of six are fast', () => {
    assert.equal(isDecided(visits(...fast(5))), false)
    assert.equal(isDecided(visits(...fast(6))), true)
  })

  it('go on when one of six is slow', () => assert.equal(isDecided(visits(...fast(5), ...slow(1))), false))

  it('go on when one failed beside six fast ones, until nine are', () => {
    assert.equal(isDecided([...visits(...fast(6)), FAILED]), false)
    assert.equal(isDecided([...visits(...fast(8)), FAILED]), true)
  })

  it('go on beyond six slow ones: with other objectives beside it, violated takes eight', () => {
    assert.equal(isDecided(visits(...slow(6))), false)
    assert.equal(isDecided(visits(...slow(8))), true)
  })
})
