export { apiServer } from './api/server.ts'
export { Proxies } from './proxies.ts'
