import type { Bench, Claim } from '../bench-model.ts'
import type { Contender } from './proxy/contender.ts'
import { delayIsTrue, drawsFollow, JITTERS, jitterFollows } from './proxy/delays.ts'
import { type Load, loadThrough } from './proxy/load.ts'
import { seenSoon } from './proxy/reaction.ts'
import { type Scene, setScene } from './proxy/scene.ts'

let scene: Scene | undefined
const theScene = (): Scene => scene!

interface Compared extends Pick<Claim, 'title' | 'goal'> {
  readonly connections: number
  readonly figure: (load: Load) => number
}

/** Ours ÷ Toxiproxy's. A block is theirs, ours, ours, theirs. */
function compared({ title, goal, connections, figure }: Compared): Claim {
  return {
    title: `${title}, gauntlet ÷ Toxiproxy`,
    unit: '',
    goal,
    measure: async (tell) => {
      const { ours, theirs, port, theirPort } = theScene()
      const go = async (contender: Contender, at: number) => {
        const load = await loadThrough(contender, { port: at, connections })
        tell(`${contender.name}: ${inWords(load)}`)
        return figure(load)
      }
      const a = await go(theirs, theirPort)
      const b = (await go(ours, port)) + (await go(ours, port))
      return b / (a + (await go(theirs, theirPort)))
    },
  }
}

function inWords({ requests, seconds, medianMs, cpuSeconds }: Load): string {
  const eachUs = ((cpuSeconds / requests) * 1e6).toFixed(1)
  return `${(requests / seconds).toFixed(0)} requests/s, median ${medianMs.toFixed(3)} ms, ${eachUs} µs of CPU each`
}

export const bench: Bench = {
  title: 'Our TCP proxy beside Toxiproxy 2.12, 200-byte requests to an echo server',
  blocks: 9,
  claims: [
    compared({
      title: 'CPU a request, 32 connections',
      goal: { atMost: 0.85 },
      connections: 32,
      figure: ({ cpuSeconds, requests }) => cpuSeconds / requests,
    }),
    compared({
      title: 'median latency, 1 connection',
      goal: { atMost: 1.3 },
      connections: 1,
      figure: ({ medianMs }) => medianMs,
    }),
    compared({
      title: 'throughput, 32 connections',
      goal: { atLeast: 0.9 },
      connections: 32,
      figure: ({ requests, seconds }) => requests / seconds,
    }),
    ...[5, 50, 500].map((delayMs) => delayIsTrue(delayMs, theScene)),
    ...JITTERS.map((jitter) => jitterFollows(jitter, theScene)),
    seenSoon(theScene),
  ],
  checks: JITTERS.map(drawsFollow),
  prepare: async () => {
    scene = await setScene()
    return { [Symbol.asyncDispose]: () => theScene().end() }
  },
}
