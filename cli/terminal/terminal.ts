import type { Screen } from './progress.ts'

/** What a command may use of the process it runs in. */
export interface Terminal {
  readonly cwd: string
  /** the result: one document with --json, else the table */
  out(text: string): void
  /** everything for people while they wait */
  readonly screen: Screen
  /** bold and colour may be used on stdout */
  readonly colour: boolean
  /** calls back on Ctrl-C, SIGTERM and SIGHUP, until released */
  onInterrupt(listener: (signal: string) => void): { release(): void }
  /** calls back on Enter, until released; absent when nobody is at the keys */
  readonly onEnter?: (listener: () => void) => { release(): void }
}

export function processTerminal(): Terminal {
  const { NO_COLOR, CI } = process.env
  // Whoever reads may be gone, a closed terminal or `| head`: no reason to leave a fault on.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  return {
    ...(process.stdin.isTTY ? { onEnter } : {}),
    cwd: process.cwd(),
    out: (text) => void process.stdout.write(line(text)),
    screen: {
      write: (text) => void process.stderr.write(text),
      get columns() {
        return process.stderr.columns
      },
      isTerminal: process.stderr.isTTY === true && NO_COLOR === undefined && CI === undefined,
    },
    colour: process.stdout.isTTY === true && NO_COLOR === undefined && CI === undefined,
    onInterrupt: (listener) => {
      const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
      for (const signal of signals) process.on(signal, listener)
      return {
        release: () => {
          for (const signal of signals) process.off(signal, listener)
        },
      }
    },
  }
}

/** Text that ends as a line does. */
export const line = (text: string): string => (text.endsWith('\n') ? text : `${text}\n`)

function onEnter(listener: () => void): { release(): void } {
  process.stdin.on('data', listener)
  return {
    release: () => {
      process.stdin.off('data', listener)
      process.stdin.pause()
    },
  }
}
