import { EventEmitter } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { type ProcessIdentity, signalProcess } from '../platform/process-identity.ts'
import { Backoff } from './backoff.ts'
import type { Child, Children, Launch } from './children.ts'
import type { LogFile } from './log-file.ts'

export type ProcessState = 'starting' | 'ready' | 'stopped'

export interface ProcessPlan {
  readonly name: string
  readonly launch: Launch
  /** Whether the process can do its work now. */
  probe(): Promise<boolean>
  /** How long each of the launch's endings is waited for, in ms. */
  readonly graceMs: number
}

/** Between two probes, in ms: while it starts, and when it is ready. */
const probeStartingMs = 50
const probeReadyMs = 2_000

/** A process that could not be started this many times will not come up by itself. */
const patience = 3

interface Events {
  started: [child: Child]
}

/** One process of the platform: started, watched, restarted when it dies, and kept down when that is wanted. */
export class Supervised extends EventEmitter<Events> {
  readonly plan: ProcessPlan
  readonly #children: Children
  readonly #log: LogFile
  readonly #say: (sentence: string) => void
  readonly #backoff = new Backoff()
  #child: Child | undefined
  #desired: 'running' | 'stopped' = 'stopped'
  #state: ProcessState = 'stopped'
  #running: Promise<void> | undefined
  #waiting = new AbortController()
  #starts = 0

  constructor(plan: ProcessPlan, children: Children, log: LogFile, say: (sentence: string) => void) {
    super()
    this.plan = plan
    this.#children = children
    this.#log = log
    this.#say = say
  }

  get state(): ProcessState {
    return this.#state
  }

  get identity(): ProcessIdentity | undefined {
    return this.#child?.identity
  }

  /** Wants it to run. */
  run(): void {
    this.#desired = 'running'
    this.#running ??= this.#keepRunning()
      .catch((error: Error) => this.#say(`${this.plan.name}: ${error.message}`))
      .finally(() => {
        this.#running = undefined
      })
  }

  /** Resolves with true once it is ready, or with false when it died `patience` times or the time is up. */
  async untilReady(withinMs: number): Promise<boolean> {
    const end = performance.now() + withinMs
    const lastStart = this.#starts + patience
    while (this.#state !== 'ready' && this.#starts < lastStart && performance.now() < end) await sleep(20)
    return this.#state === 'ready'
  }

  /** Wants it down, and resolves when it is: signals from gentle to certain. */
  async stop(): Promise<void> {
    this.#desired = 'stopped'
    this.#waiting.abort()
    const child = this.#child
    if (child !== undefined) await this.#end(child)
    await this.#running
  }

  async #keepRunning(): Promise<void> {
    while (this.#desired === 'running') {
      const livedMs = await this.#runOnce()
      if (this.#desired !== 'running') break
      const delayMs = this.#backoff.delayAfter(livedMs)
      this.#say(`${this.plan.name} is started again in ${delayMs} ms`)
      this.#waiting = new AbortController()
      await sleep(delayMs, undefined, { signal: this.#waiting.signal }).catch(() => {})
    }
    this.#state = 'stopped'
  }

  /** From start to end; gives how long it was ready, in ms. */
  async #runOnce(): Promise<number> {
    this.#state = 'starting'
    this.#starts += 1
    const child = this.#children.start(this.plan.launch, this.#log)
    this.#child = child
    this.emit('started', child)
    const over = new AbortController()
    const watching = this.#watch(over.signal)
    const how = await child.ended
    this.#child = undefined
    over.abort()
    if (this.#desired === 'running') {
      this.#state = 'starting'
      this.#say(`${this.plan.name} (pid ${child.identity.pid}) ended: ${how}`)
    }
    return watching
  }

  async #watch(over: AbortSignal): Promise<number> {
    let readySinceMs: number | undefined
    while (!over.aborted) {
      const ready = await this.plan.probe()
      if (over.aborted) break
      if (ready) readySinceMs ??= performance.now()
      this.#state = ready ? 'ready' : 'starting'
      const pauseMs = ready ? probeReadyMs : probeStartingMs
      await sleep(pauseMs, undefined, { signal: over }).catch(() => {})
    }
    return readySinceMs === undefined ? 0 : performance.now() - readySinceMs
  }

  async #end(child: Child): Promise<void> {
    for (const signal of this.plan.launch.endings) {
      signalProcess(child.identity, signal)
      const late = sleep(this.plan.graceMs, 'late', { ref: false })
      if ((await Promise.race([child.ended, late])) !== 'late') return
    }
    signalProcess(child.identity, 'SIGKILL')
    await child.ended
  }
}
