import { scrypt } from 'node:crypto'

/** About 3 ms of a core, off the main thread: the real work of an order. */
const cost = { N: 1024, r: 8, p: 1 }

/** The code that a member shows in the shop: the same for the same order, and not to be guessed from its id. */
export function makeVoucher(orderId: string): Promise<string> {
  return new Promise((resolve, reject) => {
    scrypt(orderId, 'plaza-voucher', 10, cost, (error, key) => {
      if (error) reject(error)
      else resolve(key.toString('hex').toUpperCase())
    })
  })
}
