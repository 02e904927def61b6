import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startToxiproxy } from './house/benches/proxy/contender.ts'
import { whyNoToxiproxy } from './house/benches/proxy/toxiproxy.ts'
import { type Beside, crashClients } from './house/crash/beside.ts'
import { crashInWords, crashMany, faultsOf } from './house/crash/crash-many.ts'
import { plantForeigners } from './house/crash/foreigners.ts'

// A sample of `npm run prove -- crash`: another seed than its own.
const SAMPLE = { seed: 5, from: 0, count: 60, atOnce: 4, leaseMs: 500 }
/** A busy machine keeps a point from coming about: the run ends before, and leaves nothing either. */
const LEAST_HAPPENED = 40

/** Of these, 36 mean something to a client of a Toxiproxy. */
const BESIDE = { seed: 5, from: 0, count: 240, leaseMs: 500 }

const why = process.platform === 'linux' ? false : 'Linux is missing: processes are told apart by /proc'

test('60 crash points leave no fault, touch nothing of others, and none is met', {
  skip: why,
}, async (context) => {
  await using foreigners = await plantForeigners()
  const crashes = await crashMany({ ...SAMPLE, foreigners })
  assert.deepEqual(crashes.flatMap(faultsOf), [])
  assert.deepEqual(await foreigners.harmed(), [])
  const missed = crashes.filter(({ happened }) => !happened)
  for (const one of missed) context.diagnostic(`did not come about: ${crashInWords(one)}`)
  assert.ok(crashes.length - missed.length >= LEAST_HAPPENED, `${missed.length} of 60 did not come about`)
})

test('the same crash points leave the faults of a Toxiproxy that is driven without us', {
  skip: why || (whyNoToxiproxy() ?? false),
}, async (context) => {
  const toxiproxy = await startToxiproxy()
  context.after(toxiproxy.end)
  const crashed = await crashClients({ ...BESIDE, url: toxiproxy.url })
  const isOn = ({ point: { when } }: Beside): boolean => when === 'during' || when === 'reverting'
  for (const one of crashed) {
    assert.equal(one.outlivedLease, isOn(one), JSON.stringify(one))
    assert.equal(one.isLeft, isOn(one) && one.point.how !== 'SIGSTOP', JSON.stringify(one))
  }
  assert.ok(crashed.some(({ isLeft }) => isLeft) && crashed.some(({ isLeft }) => !isLeft))
})
