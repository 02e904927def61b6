import type { Socket } from 'node:net'

const LENGTH_BYTES = 2

/** Over TCP each message follows its length (RFC 1035, section 4.2.2). Calls back with each message as it is whole. */
export function onMessages(socket: Socket, take: (message: Buffer) => void): void {
  let pending: Buffer = Buffer.alloc(0)
  socket.on('data', (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk])
    while (pending.length >= LENGTH_BYTES) {
      const end = LENGTH_BYTES + pending.readUInt16BE(0)
      if (pending.length < end) return
      take(pending.subarray(LENGTH_BYTES, end))
      pending = pending.subarray(end)
    }
  })
}

export function writeMessage(socket: Socket, message: Buffer): void {
  const length = Buffer.alloc(LENGTH_BYTES)
  length.writeUInt16BE(message.length)
  socket.write(Buffer.concat([length, message]))
}
