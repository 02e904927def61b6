// Loaded into the harness before its own code (`--import`): what a fault does to others, it does not. The journal tells
// when one is being injected; until it is, signals are not sent, and whoever is told to change something answers that he
// did. All else is as ever: what the harness asks, what it writes, what takes the fault back.

import { type FileHandle, open } from 'node:fs/promises'

/** Faults that are being injected at this moment. */
let acting = 0

const handle = await open(import.meta.filename)
const prototype: FileHandle = Object.getPrototypeOf(handle)
await handle.close()
const { appendFile } = prototype
prototype.appendFile = async function (this: FileHandle, data, options) {
  const says = (kind: string): boolean => String(data).includes(`"kind":"${kind}"`)
  if (says('fault-injected')) acting--
  await appendFile.call(this, data, options)
  if (says('fault-injecting')) acting++
}

const { kill } = process
process.kill = (pid, signal) => (acting > 0 && signal !== 0 ? true : kill.call(process, pid, signal))

const { fetch } = globalThis
globalThis.fetch = async (input, init) => {
  const isAct = ['PUT', 'POST', 'PATCH', 'DELETE'].includes(init?.method ?? 'GET')
  return acting > 0 && isAct ? Response.json({}) : fetch(input, init)
}
