import { connect } from 'node:net'

/** How a request of ours ended: with an answer in HTTP, with another, or with none. */
export interface Exchange {
  readonly ended: 'answered' | 'not HTTP' | 'broken' | 'silent'
  /** until the first bytes of the answer, or until it ended without */
  readonly ms: number
}

/** Sends `GET /` over a connection of its own to `host:port`, and reads the beginning of what comes back. */
export function exchange(address: string, patienceMs: number): Promise<Exchange> {
  const at = address.lastIndexOf(':')
  const startMs = performance.now()
  const socket = connect({ host: address.slice(0, at), port: Number(address.slice(at + 1)) })
  socket.write(`GET / HTTP/1.1\r\nHost: ${address}\r\nUser-Agent: gauntlet\r\nConnection: close\r\n\r\n`)
  return new Promise<Exchange['ended']>((resolve) => {
    const impatient = setTimeout(() => resolve('silent'), patienceMs)
    socket.once('data', (data) =>
      resolve(data.subarray(0, 5).toString('latin1') === 'HTTP/' ? 'answered' : 'not HTTP'),
    )
    socket.once('error', () => resolve('broken'))
    socket.once('close', () => {
      clearTimeout(impatient)
      resolve('broken')
    })
  })
    .then((ended) => ({ ended, ms: performance.now() - startMs }))
    .finally(() => socket.destroy())
}
