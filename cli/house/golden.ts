import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { GOLDEN, goldenOutputs, goldenRuns } from './golden-outputs.ts'

// npm run golden: writes again what each recorded run must give. Read the diff before it is committed.
for (const folder of goldenRuns())
  for (const [name, text] of await goldenOutputs(folder)) {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
    console.log(`written: ${relative(GOLDEN, path)}`)
  }
