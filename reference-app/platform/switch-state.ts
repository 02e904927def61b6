/** The failure switches, and why each exists. The supervisor holds their state; every process is told. */
export const switchReasons = {
  'slow-search': 'every search waits 400 ms more, in the database',
  'lose-orders': 'one new order in 50 is acknowledged and never stored',
  'stuck-worker': 'the order worker lives and is ready, but takes no jobs',
  'poison-message':
    'after every 10th order comes a message that the worker can never do, and that ends with the dead letters',
  'pool-exhausted': 'all connections that the catalogue searches with are taken and held',
  'connections-exhausted': 'PostgreSQL has no connection left: idle sessions have taken them all',
  'lock-table': 'the table of coupons, which every search reads, is locked',
  hang: 'the gateway accepts requests for the page and the API and never answers',
} as const

export type SwitchName = keyof typeof switchReasons
export type SwitchState = Readonly<Record<SwitchName, boolean>>

export const switchNames = Object.keys(switchReasons) as readonly SwitchName[]

export const allOff: SwitchState = {
  'slow-search': false,
  'lose-orders': false,
  'stuck-worker': false,
  'poison-message': false,
  'pool-exhausted': false,
  'connections-exhausted': false,
  'lock-table': false,
  hang: false,
}

export function isSwitchName(name: string): name is SwitchName {
  return Object.hasOwn(switchReasons, name)
}
