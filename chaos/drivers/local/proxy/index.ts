export { type Api, type ApiOptions, serveApi } from './api/server.ts'
export { Proxies } from './proxies.ts'
