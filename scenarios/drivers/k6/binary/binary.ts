import type { Exec, Log } from '../../../../reports/run/index.ts'

/** The k6 program that a run uses. */
export interface K6Binary {
  readonly path: string
  readonly version: string
  readonly origin: 'K6_BIN' | 'PATH' | 'cache' | 'built from the pinned module' | 'official release'
}

/** There is no k6 yet, but a way to one. */
export interface MissingK6 {
  /** where k6 will come to lie */
  readonly folder: string
  /** a Go that builds it, or the archive of the official release */
  readonly by: { readonly go: string } | { readonly releases: string; readonly archive: string }
}

export interface FindK6Context {
  readonly exec: Exec
  readonly log: Pick<Log, 'fact' | 'doing'>
  /** writes what an address answers to a file; why it could not, in words, or undefined when it is there whole */
  download(request: { readonly url: string; readonly to: string }): Promise<string | undefined>
}
