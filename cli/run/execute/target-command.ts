import type { Ended } from '../../../reports/run/index.ts'

/** `node` is the one that runs gauntlet: the one on the PATH may be too old for the target. */
export function programOf([first = '', ...args]: readonly string[]): { file: string; args: string[] } {
  return { file: first === 'node' ? process.execPath : first, args }
}

export function howItEnded({ exitCode, signal, failedToStart }: Ended): string {
  return failedToStart ?? (signal === null ? `exit ${exitCode}` : signal)
}
