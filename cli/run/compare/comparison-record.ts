import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Static, TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { ComparedBlock, GauntletError, Plan, refuseNewer, Sides } from '../../../reports/run/index.ts'
import type { RunFolder } from '../record/recorder.ts'
import type { ComparisonRecord } from './judge-comparison.ts'
import type { Measured } from './measure-sides.ts'

/** Writes the evidence of a comparison, a block a line. */
export async function writeEvidence({ sides, blocks }: Measured, record: RunFolder): Promise<void> {
  const lines = blocks.map((block) => `${JSON.stringify(block)}\n`)
  await record.document('evidence/blocks.ndjson', lines.join(''))
  await record.document('evidence/sides.json', sides)
}

/** Reads the folder of a comparison that came to its end; `compare` judges by it. */
export async function readComparison(folder: string): Promise<ComparisonRecord> {
  const read = async <Schema extends TSchema>(name: string, schema: Schema): Promise<Static<Schema>> =>
    parsed(name, await text(folder, name), schema)
  const lines = (await text(folder, 'evidence/blocks.ndjson')).split('\n').filter((line) => line !== '')
  return {
    plan: await read('plan.json', Plan),
    sides: await read('evidence/sides.json', Sides),
    blocks: lines.map((line, n) => parsed(`evidence/blocks.ndjson:${n + 1}`, line, ComparedBlock)),
  }
}

async function text(folder: string, name: string): Promise<string> {
  return readFile(join(folder, name), 'utf8').catch((cause: unknown) => {
    throw unreadable(name, 'is missing', cause)
  })
}

function parsed<Schema extends TSchema>(name: string, text: string, schema: Schema): Static<Schema> {
  const shape = Compile(schema)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw unreadable(name, 'is not JSON', cause)
  }
  refuseNewer(name, value)
  if (shape.Check(value)) return value
  const [first] = shape.Errors(value)
  throw unreadable(name, `${first?.instancePath || 'it'} ${first?.message}`)
}

function unreadable(name: string, why: string, cause?: unknown): GauntletError {
  return new GauntletError('RECORD_UNREADABLE', `${name} ${why}`, {
    hint: 'a comparison that was killed has no result; compare again',
    ...(cause === undefined ? {} : { cause }),
  })
}
