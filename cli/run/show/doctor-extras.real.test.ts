import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createExec } from '../../process/exec.ts'
import { createHttp } from '../../process/http.ts'
import { testFolder } from '../../process/testing/place.ts'
import { inWords } from './doctor.ts'
import { examineExtras, extrasFound } from './doctor-extras.ts'

const folder = testFolder()

const docker = { name: 'Docker', isHere: false, without: 'faults on containers are refused' }
const nftables = { name: 'nftables', isHere: true, without: 'faults on packets are refused' }

test('what is here takes one line, what is not another that says what is refused; nothing is missing by that', () => {
  assert.deepEqual(inWords(extrasFound([docker, nftables])).split('\n'), [
    '  ready      extras for faults            nftables',
    '  absent     extras, all optional         Docker',
    '             without: faults on containers are refused',
    '',
    'Nothing is missing. gauntlet verify can run.',
  ])
})

test('where all is here, or nothing, there is one line', () => {
  assert.deepEqual(
    extrasFound([nftables]).map(({ state }) => state),
    ['ready'],
  )
  assert.deepEqual(
    extrasFound([docker]).map(({ state }) => state),
    ['absent'],
  )
})

test('a Docker that does not answer is absent on this machine, and each extra is told once', async () => {
  const places = { exec: createExec({ runId: 'doctor' }), http: createHttp() }
  const found = await examineExtras({ ...places, dockerHost: `unix://${folder}/none.sock` })
  const absent = found.find(({ state }) => state === 'absent')
  assert.match(absent?.about ?? '', /^Docker/)
  assert.match(absent?.hint ?? '', /^without: faults on containers are refused/)
  const names = found.map(({ about }) => about).join(', ')
  for (const name of ['Docker', 'nftables', 'tc', 'libfaketime', 'stress-ng'])
    assert.equal(names.split(name).length, 2, `${name} in ${names}`)
})
