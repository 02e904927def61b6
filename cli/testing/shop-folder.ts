import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { testFolder } from '../process/testing/place.ts'

const FIXTURE = join(import.meta.dirname, '../fixtures/shop')

/** Writes the project of the shop into a folder, over what is there. */
export const copyShop = (to: string): void => cpSync(FIXTURE, to, { recursive: true })

/** A copy of the shop's project for the tests of a file that start nothing of it. */
export function shopFolder(): string {
  const root = testFolder()
  copyShop(root)
  return root
}
