import { createServer } from 'node:http'

// A target that costs little: one small answer. Tells its parent the port, and of the first request after `reset`.
let isFirst = false
const server = createServer((_, reply) => {
  if (isFirst) process.send?.({ firstMs: Date.now() })
  isFirst = false
  reply.setHeader('content-type', 'application/json')
  reply.end('{"status":"ok"}')
})
process.on('message', () => {
  isFirst = true
})
process.on('disconnect', () => process.exit())
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (typeof address === 'object' && address !== null) process.send?.({ port: address.port })
})
