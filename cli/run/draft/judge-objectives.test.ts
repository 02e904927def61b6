import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { GauntletError } from '../../../reports/run/index.ts'
import { foreignPhase } from '../judge/foreign-record.ts'
import { EXAMPLE_SLO } from './judge-example.ts'
import { placeSlos, readSlos } from './judge-objectives.ts'

const folder = mkdtempSync(join(tmpdir(), 'gauntlet-slos-'))
after(() => rmSync(folder, { recursive: true }))

/** SLOs of these names, each with targets of its own. */
async function placed(slos: Readonly<Record<string, readonly number[]>>) {
  const texts = Object.entries(slos).map(([name, targets]) =>
    EXAMPLE_SLO.replace('name: fast-enough', `name: ${name}`).replace(
      '[{ target: 0.95 }]',
      JSON.stringify(targets.map((target) => ({ displayName: `${target}`, target }))),
    ),
  )
  writeFileSync(join(folder, 'all.slo.yaml'), texts.join('\n---\n'))
  return placeSlos(await readSlos(['all.slo.yaml'], folder), [foreignPhase(0)])
}

async function refusalOf(slos: Parameters<typeof placed>[0]): Promise<string> {
  const error = await placed(slos).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  assert.ok(error instanceof GauntletError, 'it was placed')
  return JSON.stringify(error.complaints)
}

test('an SLO with two objectives gives two names', async () => {
  const { objectives } = await placed({ a: [0.9, 0.95] })
  assert.deepEqual(
    objectives.map(({ name }) => name),
    ['a-1', 'a-2'],
  )
})

test('two objectives of one name are refused: their verdicts could not be told apart', async () => {
  assert.match(await refusalOf({ a: [0.9, 0.95], 'a-1': [0.99] }), /two objectives are called a-1/)
})

test('a name that is too long is refused with what can be done where there is no plan', async () => {
  const refusal = await refusalOf({ [`a${'b'.repeat(40)}`]: [0.9] })
  assert.match(refusal, /too long.*metadata\.name/)
  assert.doesNotMatch(refusal, /as: NAME/)
})

test('a file that is not there is missed in words, without the name of a system call', async () => {
  await assert.rejects(readSlos(['none.slo.yaml'], folder), { message: 'there is no file none.slo.yaml' })
})
