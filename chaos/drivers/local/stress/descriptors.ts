import { closeSync, openSync } from 'node:fs'
import { setImmediate as turn } from 'node:timers/promises'
import { GauntletError } from '../../../../reports/run/index.ts'
import type { DescriptorsWanted } from './model.ts'
import type { Stressor } from './stressor.ts'

/** Left free for the carrier itself, which must still be told to let go. */
export const SPARE_DESCRIPTORS = 64
const OPENED_AT_A_TIME = 1000

export interface DescriptorStressor extends Stressor<DescriptorsWanted> {
  measure(): { readonly descriptors: number }
}

/** Files held open. How many this process may have is found by trying, the spare ones included. */
export function descriptorStressor(openOne: () => number = openNull): DescriptorStressor {
  const held: number[] = []
  return {
    hold: async ({ count }, signal) => {
      try {
        while (held.length < count + SPARE_DESCRIPTORS) {
          held.push(openOne())
          if (held.length % OPENED_AT_A_TIME === 0) await turn(undefined, { signal })
        }
      } catch (cause) {
        throw isExhausted(cause) ? tooMany(count, held.length) : cause
      }
      for (const spare of held.splice(count)) closeSync(spare)
    },
    letGo: async () => {
      for (const descriptor of held.splice(0)) closeSync(descriptor)
    },
    measure: () => ({ descriptors: held.length }),
  }
}

function openNull(): number {
  return openSync('/dev/null', 'r')
}

/** This process has no more (EMFILE), or the whole system has none (ENFILE). */
function isExhausted(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && (cause.code === 'EMFILE' || cause.code === 'ENFILE')
}

function tooMany(count: number, reached: number): GauntletError {
  const most = Math.max(0, reached - SPARE_DESCRIPTORS)
  return new GauntletError(
    'STRESS_DESCRIPTORS',
    `${count} descriptors cannot be held: only ${reached} can be opened, and ${SPARE_DESCRIPTORS} of them are spared`,
    { hint: `ask for at most ${most}, or raise the limit (ulimit -n) before gauntlet starts` },
  )
}
