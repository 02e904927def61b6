import type { Exec, Log } from '../../../reports/run/index.ts'

/** The k6 program that a run uses. */
export interface K6Binary {
  readonly path: string
  readonly version: string
  readonly origin: 'K6_BIN' | 'PATH' | 'cache' | 'built from the pinned module'
}

/** There is no k6 yet, but Go, which can build it. */
export interface BuildableK6 {
  readonly go: string
  /** where k6 will come to lie */
  readonly folder: string
}

export interface FindK6Context {
  readonly exec: Exec
  readonly log: Pick<Log, 'fact' | 'doing'>
}
