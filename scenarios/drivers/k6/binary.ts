/** The k6 program that a run uses. */
export interface K6Binary {
  readonly path: string
  readonly version: string
  readonly origin: 'K6_BIN' | 'PATH' | 'cache' | 'built from the pinned module'
}
