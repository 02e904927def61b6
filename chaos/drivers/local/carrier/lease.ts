import type { Readable } from 'node:stream'

/** Of a carrier, as whoever started it keeps it. */
export interface CarrierLease {
  /** false once no line came for the length of the lease; the next line makes it true again */
  isHeld(): boolean
  /** resolves when it is over for good: whoever held it is gone and the input closed, or `end` was called */
  readonly over: Promise<void>
  end(): void
}

export interface CarrierLeaseOptions {
  /** each line of it renews the lease */
  readonly input: Readable
  readonly leaseMs: number
  /** called each time the lease runs out */
  readonly onExpired: () => void
}

const NEWLINE = 0x0a

/** A dead man's switch: it begins held, and runs out when nobody renews it. */
export function followLease({ input, leaseMs, onExpired }: CarrierLeaseOptions): CarrierLease {
  const over = Promise.withResolvers<void>()
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
  const read = (chunk: Buffer): void => {
    if (chunk.includes(NEWLINE)) renew()
  }
  input.on('data', read)
  const end = (): void => {
    held = false
    input.off('data', read)
    clearTimeout(timer)
    over.resolve()
  }
  for (const event of ['end', 'close', 'error']) input.once(event, end)
  return { isHeld: () => held, over: over.promise, end }
}
