/** Ports come in blocks of 40, so that two Plazas never meet. */
export const blockSize = 40
export const firstBlock = 7300

/** Where in its block each process listens. The control port comes last and is held by the supervisor. */
const offsets = {
  gateway: 0,
  catalogue: 1,
  orders: 2,
  'order-worker': 3,
  postgres: 20,
  dns: 21,
  control: 39,
} as const

export type PortName = keyof typeof offsets
export type Ports = Readonly<Record<PortName, number>>

export function portsOf(base: number): Ports {
  const of = (name: PortName) => base + offsets[name]
  return {
    gateway: of('gateway'),
    catalogue: of('catalogue'),
    orders: of('orders'),
    'order-worker': of('order-worker'),
    postgres: of('postgres'),
    dns: of('dns'),
    control: of('control'),
  }
}
