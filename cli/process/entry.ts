import { fileURLToPath } from 'node:url'
import type { CarrierName } from './guardian/guardian-protocol.ts'

/** The file of one of our own child processes: TypeScript in the repository, JavaScript in the published package. */
export function entryFile(name: 'guardian' | 'audit' | 'stress-worker' | CarrierName): string {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  return fileURLToPath(new URL(`../entries/${name}.${extension}`, import.meta.url))
}
