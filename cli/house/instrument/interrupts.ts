import { GauntletError } from '../../../reports/run/index.ts'

const INTERRUPTS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Aborts on Ctrl-C and the like, until it is released. */
export function listenForInterrupts() {
  const controller = new AbortController()
  const stop = (signal: string): void =>
    controller.abort(new GauntletError('STOPPED', `stopped by ${signal}`, { exit: 'stopped' }))
  for (const signal of INTERRUPTS) process.on(signal, stop)
  return {
    interrupted: controller.signal,
    release: () => {
      for (const signal of INTERRUPTS) process.off(signal, stop)
    },
  }
}
