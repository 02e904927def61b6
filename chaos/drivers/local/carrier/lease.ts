import type { Readable } from 'node:stream'

export interface Lease {
  /** false once no line came for the length of the lease; the next line makes it true again */
  isHeld(): boolean
  /** resolves when the input has closed: whoever held the lease is gone */
  readonly closed: Promise<void>
}

export interface LeaseOptions {
  /** each line of it renews the lease */
  readonly input: Readable
  readonly leaseMs: number
  /** called each time the lease runs out */
  readonly onExpired: () => void
}

const NEWLINE = 0x0a

/** A dead man's switch: it begins held, and runs out when nobody renews it. */
export function followLease({ input, leaseMs, onExpired }: LeaseOptions): Lease {
  const closed = Promise.withResolvers<void>()
  let held = false
  let timer: NodeJS.Timeout | undefined
  const renew = (): void => {
    held = true
    clearTimeout(timer)
    timer = setTimeout(() => {
      held = false
      onExpired()
    }, leaseMs)
  }
  renew()
  input.on('data', (chunk: Buffer) => {
    if (chunk.includes(NEWLINE)) renew()
  })
  const end = (): void => {
    held = false
    clearTimeout(timer)
    closed.resolve()
  }
  for (const event of ['end', 'close', 'error']) input.once(event, end)
  return { isHeld: () => held, closed: closed.promise }
}
