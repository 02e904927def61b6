import { createSocket } from 'node:dgram'
import { connect, isIPv6 } from 'node:net'
import { onMessages, writeMessage } from './tcp-messages.ts'

export interface Upstream {
  readonly host: string
  readonly port: number
}

/** Asks an upstream with the bytes as they are; resolves with its answer as it is, or undefined when there is none. */
export type Ask = (upstream: Upstream, query: Buffer) => Promise<Buffer | undefined>

/** Resolvers ask again after some seconds: an answer that comes later is for nobody. */
const ANSWERED_WITHIN_MS = 5000

/** `127.0.0.1:53` or `[::1]:53` */
export function parseUpstream(text: string): Upstream {
  const colon = text.lastIndexOf(':')
  return { host: text.slice(0, colon).replace(/^\[|\]$/g, ''), port: Number(text.slice(colon + 1)) }
}

// A socket for each question: connected, so that the system lets in only what the upstream sends.
export const askByUdp: Ask = ({ host, port }, query) =>
  new Promise((resolve) => {
    const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4')
    const end = (answer?: Buffer): void => {
      clearTimeout(timer)
      socket
        .removeAllListeners()
        .on('error', () => {})
        .close()
      resolve(answer)
    }
    const timer = setTimeout(end, ANSWERED_WITHIN_MS)
    // such as: nobody listens there
    socket.once('error', () => end())
    socket.on('message', (answer) => {
      if (isAnswerTo(query, answer)) end(answer)
    })
    socket.connect(port, host, () => socket.send(query))
  })

export const askByTcp: Ask = ({ host, port }, query) =>
  new Promise((resolve) => {
    const socket = connect({ host, port, timeout: ANSWERED_WITHIN_MS })
    onMessages(socket, (answer) => {
      resolve(answer)
      socket.destroy()
    })
    socket.once('connect', () => writeMessage(socket, query))
    socket.once('timeout', () => socket.destroy())
    socket.on('error', () => {})
    socket.once('close', () => resolve(undefined))
  })

function isAnswerTo(query: Buffer, answer: Buffer): boolean {
  return answer.length >= 2 && answer.readUInt16BE(0) === query.readUInt16BE(0)
}
