export { type ResolverRule, type ResolverState, ResolverWanted } from './model.ts'
export { type Resolver, type ResolverOptions, startResolver } from './resolver.ts'
export { resolverLoad } from './resolver-load.ts'
