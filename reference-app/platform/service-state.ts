import type { Vias } from './links.ts'
import type { SwitchState } from './switch-state.ts'

/** What the supervisor decides and every service is told. */
export interface ServiceState {
  readonly switches: SwitchState
  readonly vias: Vias
}

/** What the supervisor and a service say to each other over their pipe. */
export type ToService = { readonly kind: 'state'; readonly sequence: number; readonly state: ServiceState }
export type FromService =
  | { readonly kind: 'hello' }
  | { readonly kind: 'acknowledged'; readonly sequence: number }
