import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { exampleRun } from '../../reports/render/testing/index.ts'
import { plainProgress } from './plain.ts'
import type { Progress, Screen } from './progress.ts'
import { redrawnProgress } from './redrawn.ts'

const { plan } = exampleRun('met').record
const RUN = '20261121-014530-k3f9'

/** A screen, and all that was written to it. */
function screenOf(open: (screen: Screen) => Progress, t: TestContext, columns = 80) {
  let said = ''
  const write = (text: string): void => {
    said += text
  }
  const progress = open({ write, isTerminal: true, columns })
  t.after(() => progress.end())
  return { progress, lines: () => said.split('\n') }
}

test('a long title is wrapped: no line is wider than 80 columns', (t) => {
  const { progress, lines } = screenOf(redrawnProgress, t)
  progress.planned(
    { ...plan, title: 'Plaza keeps its promises with a worker lost, and a few of its words' },
    RUN,
  )
  assert.deepEqual(
    lines().filter((line) => line.length > 80),
    [],
  )
  assert.match(lines().join(' '), /a worker lost, and a few of its words/)
})

test('a phase whose time is up does not say that nothing is left of it', (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] })
  const nowMs = t.mock.method(performance, 'now', () => 0)
  const { progress, lines } = screenOf(redrawnProgress, t)
  progress.planned(plan, RUN)
  const last = plan.phases.findLast(({ load }) => load)!
  progress.phase(last)
  assert.match(lines().join('\n'), new RegExp(`${last.name} .* left`))
  nowMs.mock.mockImplementation(() => last.durationMs + 500)
  progress.fact('drain, done in 0.3 s')
  assert.match(lines().findLast((line) => line.startsWith(`  ${last.name} `)) ?? '', /time is up$/)
})

test('a line that finds no room is cut between words, and shows that it is cut', (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] })
  const { progress, lines } = screenOf(redrawnProgress, t, 50)
  progress.planned({ ...plan, atMostMs: 125_000 }, RUN)
  progress.phase({ ...plan.phases[0]!, name: 'a-phase-with-a-name-that-alone-is-wider-than-a-line' })
  progress.live({ second: 1, perSecond: 38, p95Ms: 402, errorRatio: 0 })
  t.mock.timers.tick(1_000)
  const last = lines().at(-2) ?? ''
  assert.match(last, /38\/s, p95 402 ms, \.\.\.$/)
  assert.ok(last.length < 50)
})

test('once the load is over, nothing is said of the time that a phase has left', (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] })
  const nowMs = t.mock.method(performance, 'now', () => 0)
  const { progress, lines } = screenOf(redrawnProgress, t)
  progress.planned(plan, RUN)
  const [, phase] = plan.phases
  /** What stands of it after a second. */
  const drawn = (): string => {
    t.mock.timers.tick(1_000)
    return lines().findLast((line) => line.startsWith(`  ${phase!.name} `)) ?? ''
  }
  progress.phase(phase)
  progress.live({ second: 1, perSecond: 38, p95Ms: 402, errorRatio: 0 })
  assert.match(drawn(), / left$/)
  progress.phase(undefined)
  assert.match(drawn(), /\d s$/)
  assert.match(lines().at(-2) ?? '', / ending what is on$/)
  progress.phase(phase)
  nowMs.mock.mockImplementation(() => phase!.durationMs + 500)
  progress.phase(undefined)
  assert.match(drawn(), / done$/)
})

test('the plain form gives the length of a run in minutes, as all others do', (t) => {
  const { progress, lines } = screenOf(plainProgress, t)
  progress.planned({ ...plan, atMostMs: 280_000 }, RUN)
  assert.match(lines()[0] ?? '', /at most 4 min 40 s$/)
})
