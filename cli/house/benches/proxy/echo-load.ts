import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

/** About an HTTP request of a browser without cookies. */
const REQUEST = Buffer.alloc(200, 'x')

const [port, connections, warmUpMs, forMs] = process.argv.slice(2).map(Number)
let requests = 0
let timesMs: number[] = []

// Each connection sends its next request when the last one was answered.
function ask(): void {
  const socket = connect({ port: port ?? 0, host: '127.0.0.1', noDelay: true })
  let sentMs = 0
  let receivedBytes = 0
  const send = (): void => {
    sentMs = performance.now()
    socket.write(REQUEST)
  }
  socket.on('connect', send)
  socket.on('data', ({ length }) => {
    receivedBytes += length
    if (receivedBytes < REQUEST.length) return
    receivedBytes = 0
    requests++
    timesMs.push(performance.now() - sentMs)
    send()
  })
}

for (let count = 0; count < (connections ?? 0); count++) ask()
await pause(warmUpMs)
process.send?.('begins')
requests = 0
timesMs = []
const beganMs = performance.now()
await pause(forMs)
const seconds = (performance.now() - beganMs) / 1000
const sorted = Float64Array.from(timesMs).sort()
process.send?.({ requests, seconds, medianMs: sorted[Math.floor(sorted.length / 2)] }, () => process.exit())
