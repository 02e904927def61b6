import assert from 'node:assert/strict'
import { linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { refuseInto } from './judge-again.ts'

const root = mkdtempSync(join(tmpdir(), 'gauntlet-judge-again-'))
after(() => rmSync(root, { recursive: true }))
mkdirSync(join(root, 'run/evidence'), { recursive: true })
writeFileSync(join(root, 'run/plan.json'), '{}')
writeFileSync(join(root, 'results.jtl'), 'timeStamp,elapsed,label,success\n')
writeFileSync(join(root, 'old.json'), '{}')
symlinkSync('results.jtl', join(root, 'link-to-results'))
linkSync(join(root, 'results.jtl'), join(root, 'hard-link-to-results'))
symlinkSync('run', join(root, 'link-to-run'))
symlinkSync('run/plan.json', join(root, 'link-to-plan'))

const REFUSED = [
  ['run', 'run/verdict.json'],
  ['run', 'link-to-run/stricter.json'],
  ['run', 'link-to-plan'],
  ['run', 'run'],
  ['link-to-run', 'run/evidence/stricter.json'],
  ['results.jtl', 'results.jtl'],
  ['results.jtl', 'run/../results.jtl'],
  ['results.jtl', 'link-to-results'],
  ['results.jtl', 'hard-link-to-results'],
  ['link-to-results', 'results.jtl'],
] as const

for (const [judged, out] of REFUSED)
  test(`of ${judged} no verdict is written to ${out}`, () => {
    assert.throws(() => refuseInto(join(root, judged), out, root), { code: 'OUT_IN_RECORD' })
  })

for (const [judged, out] of [
  ['run', 'stricter.json'],
  ['run', 'run-2.json'],
  ['run', 'no/such/folder.json'],
  ['results.jtl', 'results.jtl.json'],
  ['results.jtl', 'old.json'],
] as const)
  test(`of ${judged} a verdict may be written to ${out}`, () => {
    assert.doesNotThrow(() => refuseInto(join(root, judged), out, root))
  })

test('without --out nothing is refused', () => {
  assert.doesNotThrow(() => refuseInto(join(root, 'run'), undefined, root))
})
