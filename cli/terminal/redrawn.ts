import { ascii, wrap } from '../../reports/render/plain.ts'
import { type Plan, type PlannedPhase, plainText } from '../../reports/run/index.ts'
import { version } from '../version.ts'
import { elapsed, figuresInWords, type Progress, type Screen } from './progress.ts'

const REDRAW_MS = 1_000
const COLUMNS = 80

/** On a terminal: finished lines stay, the last block is redrawn once a second. */
export function redrawnProgress(screen: Screen): Progress {
  const startMs = performance.now()
  let plan: Plan | undefined
  let now: Now | undefined
  let status = ''
  let doing = ''
  let hint = ''
  let drawnLines = 0
  const clear = (): void => {
    if (drawnLines > 0) screen.write(`\x1b[${drawnLines}A\x1b[0J`)
    drawnLines = 0
  }
  const draw = (): void => {
    clear()
    // one line each: a line that the terminal wraps could not be redrawn
    const widest = Math.min(COLUMNS, screen.columns ?? COLUMNS) - 1
    const block = [...(plan ? phaseLines(plan, now) : []), '', ...footer()].map((line) =>
      cut(line.trimEnd(), widest),
    )
    screen.write(`${block.join('\n')}\n`)
    drawnLines = block.length
  }
  const footer = (): string[] => {
    const length = plan === undefined ? '' : ` of at most ${clock(plan.atMostMs)}`
    const now = `  ${elapsed(startMs)}${length}   ${plainText(status || doing)}`
    return hint === '' ? [now] : [now, `  ${hint}`]
  }
  const timer = setInterval(draw, REDRAW_MS)
  timer.unref()
  return {
    planned: (planned, runId) => {
      clear()
      const head = wrap(`gauntlet ${version}   ${ascii(planned.name)}: ${ascii(planned.title)}`)
      screen.write(`\n${head.join('\n')}\n\n  run      ${runId}\n\n`)
      plan = planned
      draw()
    },
    fact: (line) => {
      clear()
      screen.write(`  ${elapsed(startMs).padEnd(6)} ${plainText(line)}\n`)
      draw()
    },
    hint: (line) => {
      hint = line
    },
    doing: (line) => {
      doing = line
      status = ''
    },
    phase: (phase) => {
      const atMs = performance.now()
      if (phase !== undefined) now = { phase, sinceMs: atMs }
      else if (now !== undefined) now = { ...now, overMs: now.overMs ?? atMs }
      status = ''
      doing = phase?.name ?? 'ending what is on'
      draw()
    },
    live: (figures) => {
      if (now?.overMs === undefined) status = figuresInWords(figures)
    },
    end: () => {
      clearInterval(timer)
      clear()
    },
  }
}

interface Now {
  readonly phase: PlannedPhase
  readonly sinceMs: number
  /** when no phase was on any more */
  readonly overMs?: number
}

/** Between two words: half a figure would be another figure. */
function cut(line: string, width: number): string {
  if (line.length <= width) return line
  const kept = line.slice(0, Math.max(0, width - 3))
  const space = kept.lastIndexOf(' ')
  return `${space > width / 2 ? kept.slice(0, space + 1) : kept}...`
}

function phaseLines({ phases }: Plan, now: Now | undefined): string[] {
  const current = now === undefined ? -1 : phases.findIndex((one) => one.name === now.phase.name)
  return phases.map((phase, n) => {
    const length = `${phase.load ? '' : '<'}${phase.durationMs / 1000} s`.padStart(6)
    return `  ${phase.name.padEnd(16)} ${length}   ${stateOf(n, current, now, phase)}`.trimEnd()
  })
}

function stateOf(n: number, current: number, now: Now | undefined, phase: PlannedPhase): string {
  if (n < current) return 'done'
  if (n > current || now === undefined) return ''
  if (now.overMs !== undefined) return now.overMs - now.sinceMs < phase.durationMs ? '' : 'done'
  const leftMs = phase.durationMs - (performance.now() - now.sinceMs)
  return leftMs > 0 ? `${clock(leftMs)} left` : 'time is up'
}

function clock(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
