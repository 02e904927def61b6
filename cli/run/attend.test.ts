import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { countPresses } from './attend.ts'
import { createStopper } from './execute/stop.ts'

/** What stands below all else, and what was said, as a person presses Ctrl-C; npm's second signal is no press. */
function pressed(t: TestContext) {
  const nowMs = t.mock.method(performance, 'now', () => 0)
  const stopper = createStopper()
  const hints: string[] = []
  const facts: string[] = []
  let interrupt: (signal: string) => void = () => {}
  const progress = {
    ...{ planned: () => {}, doing: () => {}, phase: () => {}, live: () => {}, end: () => {} },
    hint: (line: string) => void hints.push(line),
    fact: (line: string) => void facts.push(`${stopper.signal.aborted ? '' : 'not yet '}${line}`),
  }
  const terminal = {
    ...{ cwd: '/', out: () => {}, screen: { write: () => {}, isTerminal: true }, colour: false },
    onInterrupt: (listener: (signal: string) => void) => {
      interrupt = listener
      return { release: () => {} }
    },
  }
  const presses = countPresses(stopper, progress, terminal)
  const press = (atMs: number): void => {
    nowMs.mock.mockImplementation(() => atMs)
    interrupt('SIGINT')
  }
  return { press, presses, hints, facts }
}

test('the last line always says what Ctrl-C does next, and nothing once it does no more', (t) => {
  const { press, presses, hints, facts } = pressed(t)
  assert.match(hints.at(-1) ?? '', /^Ctrl-C stops the load/)
  press(1_000)
  press(1_005)
  assert.equal(presses.count, 1)
  assert.match(hints.at(-1) ?? '', /^Ctrl-C again skips .* the verdict; what is on is undone in any case/)
  press(2_000)
  assert.equal(presses.count, 2)
  assert.equal(hints.at(-1), '')
  assert.deepEqual(
    facts.map((one) => one.split(/[:.]/)[0]),
    ['stopping', 'not judging'],
  )
})
