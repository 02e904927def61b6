import assert from 'node:assert/strict'
import { test } from 'node:test'
import { namesOfCompiled } from './compiled-names.ts'

const compiled = new Set(['guardian', 'main'])
const rows: readonly [text: string, expected: string, why: string][] = [
  [`'../entries/guardian.ts'`, `'../entries/guardian.js'`, 'a compiled file is renamed, with its folder'],
  [`resolve(dir, name, "main.ts")`, `resolve(dir, name, "main.js")`, 'a bare name too'],
  [`'journeys/search.k6.ts'`, `'journeys/search.k6.ts'`, 'a journey stays: k6 reads TypeScript'],
  [`'gauntlet.config.ts'`, `'gauntlet.config.ts'`, "a user's own file stays"],
  [`path.endsWith('.ts')`, `path.endsWith('.ts')`, 'an ending is no name'],
]
for (const [text, expected, why] of rows)
  test(why, () => assert.equal(namesOfCompiled(text, compiled), expected))
