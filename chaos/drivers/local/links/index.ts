export { isRefused } from './is-refused.ts'
export { LinkRoutes } from './link-routes.ts'
export { type Toxic, type ToxicEffect, Toxiproxy } from './toxiproxy.ts'
