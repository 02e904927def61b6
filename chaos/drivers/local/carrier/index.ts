export { type Carrier, type CarrierOptions, type Load, startCarrier } from './carrier.ts'
export type { JsonReply, JsonRequest } from './json-server.ts'
