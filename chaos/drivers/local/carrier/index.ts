export { type Carrier, type CarrierOptions, type Load, serveAsCarrier } from './carrier.ts'
export type { JsonReply, JsonRequest } from './json-server.ts'
export { wrongBody } from './wrong-body.ts'
