import type { Wire } from '../../toxic.ts'

export interface FakeWire {
  readonly wire: Wire
  /** what went on to the server, `<end>` for its end */
  readonly toServer: string[]
  readonly toClient: string[]
  readonly drainedCount: () => number
  /** lets time pass */
  pass(ms: number): void
}

/** A place in the upstream direction, with a clock of its own. */
export function fakeWire(): FakeWire {
  const toServer: string[] = []
  const toClient: string[] = []
  const timers = new Set<{ readonly dueMs: number; readonly run: () => void }>()
  let nowMs = 0
  let drained = 0
  const into = (list: string[]) => ({
    send: (bytes: Buffer) => void list.push(bytes.toString('latin1')),
    end: () => void list.push('<end>'),
  })
  const wire: Wire = {
    ...into(toServer),
    opposite: into(toClient),
    stream: 'upstream',
    connection: 1,
    memory: {},
    nowMs: () => nowMs,
    at: (dueMs, run) => {
      const timer = { dueMs, run }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
    random: () => () => 0,
    drained: () => {
      drained++
    },
    close: () => {},
    reset: () => void toServer.push('<reset>'),
  }
  const pass = (ms: number): void => {
    nowMs += ms
    for (const timer of [...timers])
      if (timer.dueMs <= nowMs) {
        timers.delete(timer)
        timer.run()
      }
  }
  return { wire, toServer, toClient, drainedCount: () => drained, pass }
}
