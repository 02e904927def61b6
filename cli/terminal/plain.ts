import { duration, plainText } from '../../reports/run/index.ts'
import { elapsed, figuresInWords, type Progress, phaseInWords, type Screen } from './progress.ts'

/** A sign of life at least this often. */
const SILENCE_MS = 15_000

/** One line a fact, nothing redrawn: for a pipe, CI, NO_COLOR and --plain. */
export function plainProgress(screen: Screen): Progress {
  const startMs = performance.now()
  let lastMs = startMs
  let phase = ''
  let doing = ''
  const line = (text: string): void => {
    lastMs = performance.now()
    screen.write(`${elapsed(startMs).padEnd(6)} ${plainText(text)}\n`)
  }
  const alive = setInterval(() => {
    if (performance.now() - lastMs >= SILENCE_MS && doing !== '') line(doing)
  }, 1_000)
  alive.unref()
  return {
    planned: (plan, runId) => line(`plan ${plan.name}, run ${runId}, at most ${duration(plan.atMostMs)}`),
    fact: line,
    hint: () => {},
    doing: (text) => {
      if (text !== doing && !sameWork(text, doing)) line(text)
      doing = text
    },
    phase: (one) => {
      if (one === undefined) return
      phase = one.name
      doing = one.name
      line(phaseInWords(one))
    },
    live: (figures) => {
      doing = `${phase}, ${figuresInWords(figures)}`
    },
    end: () => clearInterval(alive),
  }
}

/** `drain: 12 orders open` and `drain: 3 orders open` are the same work: only the figures moved. */
function sameWork(a: string, b: string): boolean {
  const shape = (text: string): string => text.replace(/[\d.]+/g, '#')
  return shape(a) === shape(b)
}
