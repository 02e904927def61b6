export * from './page-audit.ts'
export * from './planned.ts'
export * from './scenario.ts'
