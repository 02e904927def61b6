import { setTimeout as pause } from 'node:timers/promises'
import type { Claim } from '../../bench-model.ts'
import { Probe, quantileOf } from './probe.ts'
import type { Scene } from './scene.ts'

const CYCLES = 200
const HANGS = { name: 'hanging', type: 'latency', attributes: { latency: 60_000 } }
/** a round trip that takes longer is one that hangs */
const HANGS_AFTER_MS = 20

/** How long after the request to the API a probe that never rests sees that a fault is on, and that it is gone. */
export function seenSoon(scene: () => Scene): Claim {
  return {
    title: `inject and revert seen by a probe, the worse p95 of ${CYCLES} cycles`,
    unit: 'ms',
    goal: { atMost: 10 },
    measure: async (tell) => {
      using probe = await Probe.open(scene().port)
      const cycles: Cycle[] = []
      while (cycles.length < CYCLES) cycles.push(await cycle(probe, scene()))
      const injectMs = quantileOf(
        cycles.map((one) => one.injectMs),
        0.95,
      )
      const revertMs = quantileOf(
        cycles.map((one) => one.revertMs),
        0.95,
      )
      tell(`inject seen in ${injectMs.toFixed(2)} ms at p95, revert in ${revertMs.toFixed(2)} ms`)
      return Math.max(injectMs, revertMs)
    },
  }
}

interface Cycle {
  readonly injectMs: number
  readonly revertMs: number
}

async function cycle(probe: Probe, { ours }: Scene): Promise<Cycle> {
  const askedMs = performance.now()
  const injected = ours.send('POST', '/proxies/echo/toxics', HANGS)
  const hanging = await firstThatHangs(probe)
  await injected
  const revertedMs = performance.now()
  await Promise.all([hanging.answer, ours.send('DELETE', `/proxies/echo/toxics/${HANGS.name}`)])
  return { injectMs: hanging.sentMs - askedMs, revertMs: performance.now() - revertedMs }
}

async function firstThatHangs(probe: Probe): Promise<{ sentMs: number; answer: Promise<number> }> {
  for (;;) {
    const sentMs = performance.now()
    const answer = probe.roundTripMs()
    const isBack = await Promise.race([answer.then(() => true), pause(HANGS_AFTER_MS, false)])
    if (!isBack) return { sentMs, answer }
  }
}
