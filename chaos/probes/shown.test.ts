import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { oneLine, shown, shownUrl, withoutSecrets } from './shown.ts'

describe('what is shown', () => {
  it('is one line, whatever it holds', () => {
    assert.equal(shown('a\r\nb\t c\u001b[31m', 50), '"a b c\\u001b[31m"')
    assert.equal(shown({ a: ['b\n'] }, 50), '{"a":["b\\n"]}')
    assert.equal(shown(undefined, 50), 'nothing')
  })

  it('is never longer than it may be, even where characters are written out', () => {
    for (const text of ['x'.repeat(1e6), '\u001b'.repeat(299), '\n'.repeat(1e6), '😀'.repeat(400)])
      assert.ok(oneLine(text, 300).length <= 300)
    assert.equal(oneLine('abcdef', 6), 'abcdef')
    assert.equal(oneLine('abcdefg', 6), 'abcde…')
  })

  it('hides the user and password of every address', () => {
    const text = 'postgres://me:p@ss:w@db/x then http://key@h and http://h/@a'
    assert.equal(oneLine(text, 300), 'postgres://***@db/x then http://***@h and http://h/@a')
    assert.equal(shownUrl('https://me:key@h:8443/a/b?token=1#c'), 'https://h:8443/a/b?…')
  })

  it('hides bearer tokens and basic keys', () => {
    const text = 'Authorization: Bearer eyJhbGciOi.J9.x-_ and basic bWU6cGFzc3dvcmQ= but basic checks'
    assert.equal(oneLine(text, 300), 'Authorization: Bearer *** and basic *** but basic checks')
  })

  it('hides what headers hold that open something, and nothing else', () => {
    const headers = {
      authorization: 'a',
      'set-cookie': ['b'],
      'X-Api-Key': 'c',
      'x-auth-token': 'd',
      etag: 'e',
    }
    assert.deepEqual(withoutSecrets(headers), {
      ...{ authorization: '***', 'set-cookie': '***', 'X-Api-Key': '***', 'x-auth-token': '***' },
      etag: 'e',
    })
  })
})
