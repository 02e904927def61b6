/** What an iteration of a scenario does, as its rows tell it. */
export interface ScenarioShape {
  readonly name: string
  readonly requests: readonly { readonly method: string; readonly name: string; readonly status: number }[]
  /** as it stands in k6's CSV, quotes and all */
  readonly check: string
  /** a Counter that carries an acknowledged id */
  readonly counter?: string
}

/** Taken in turn. */
export const SCENARIOS: readonly ScenarioShape[] = [
  {
    name: 'search',
    requests: [{ method: 'GET', name: 'search', status: 200 }],
    check: 'search answers with results',
  },
  {
    name: 'coupon',
    requests: [
      { method: 'GET', name: 'coupon', status: 200 },
      { method: 'POST', name: 'redeem', status: 201 },
    ],
    check: 'the coupon is redeemed',
  },
  {
    name: 'order',
    requests: [{ method: 'POST', name: 'order', status: 202 }],
    check: '"is accepted, ""202"""',
    counter: 'orders',
  },
]
