import { connect } from 'node:net'

const DIAL_MS = 1_000

/** Whether a connection to `host:port` is refused; one that hangs, or comes about, is not. */
export function isRefused(address: string): Promise<boolean> {
  const at = address.lastIndexOf(':')
  const socket = connect({
    host: address.slice(0, at),
    port: Number(address.slice(at + 1)),
    timeout: DIAL_MS,
  })
  return new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(false))
    socket.once('timeout', () => resolve(false))
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'ECONNREFUSED'))
  }).finally(() => socket.destroy())
}
