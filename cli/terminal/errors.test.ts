import assert from 'node:assert/strict'
import { test } from 'node:test'
import { GauntletError } from '../../reports/run/index.ts'
import { asGauntletError, errorInWords, reasonInWords } from './errors.ts'

const CLEARS_THE_SCREEN = '\x1b[2J'

test('nothing that somebody else said reaches the terminal as it is', () => {
  const error = new GauntletError('X', `no ${CLEARS_THE_SCREEN}\nplace`, {
    hint: `its last lines:\n${CLEARS_THE_SCREEN}`,
    complaints: [
      { file: 'a', line: 1, column: 1, message: 'm', excerpt: CLEARS_THE_SCREEN, hint: CLEARS_THE_SCREEN },
    ],
  })
  const reason = { reason: CLEARS_THE_SCREEN, hint: `k6:\n${CLEARS_THE_SCREEN}` }
  assert.ok(!(errorInWords(error) + reasonInWords(reason)).includes('\x1b'))
  assert.match(errorInWords(error), /place {3}\(exit 2\)[\s\S]*\n {2}hint {5}its last lines:\n {11}\S/)
})

test('carets stand below what they mark, also behind a tab', () => {
  const excerpt = '\tfor: 3'
  const error = new GauntletError('X', 'x', {
    complaints: [{ file: 'a', line: 7, column: 7, length: 1, message: 'm', excerpt }],
  })
  const [, marked = '', carets = ''] = /\n {4}7 \| (.*)\n {6}\| (.*)/.exec(errorInWords(error)) ?? []
  assert.equal(carets.indexOf('^'), marked.indexOf('3'))
})

test('a full disk is the machinery, wherever it was met, and no bug of ours', () => {
  const full = Object.assign(new Error('ENOSPC: no space left on device, mkdtemp'), { code: 'ENOSPC' })
  assert.equal(asGauntletError(full).exit, 'machinery')
  assert.equal(asGauntletError(new Error('anything else')).exit, 'bug')
})
