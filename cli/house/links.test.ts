import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { test } from 'node:test'

const root = resolve(import.meta.dirname, '../..')
const pages = globSync('**/*.md', {
  cwd: root,
  exclude: (path) => /(^|\/)(node_modules|dist|golden|\.[^/]+)(\/|$)/.test(path),
})

/** Links of a page to files beside it. */
function linksIn(text: string): string[] {
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, to = '']) => to.replace(/#.*/, ''))
    .filter((to) => to !== '' && !/^[a-z]+:/.test(to))
}

for (const page of pages)
  test(`every link of ${page} leads to a file`, () => {
    const lost = linksIn(readFileSync(join(root, page), 'utf8')).filter(
      (to) => !existsSync(join(root, dirname(page), to)),
    )
    assert.deepEqual(lost, [])
  })

test('CONTRIBUTING.md answers each question with a link', () => {
  const text = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8')
  const answers = text.split(/^- \*\*/m).slice(1, 6)
  assert.deepEqual(
    answers.map((one) => [one.split('**')[0], linksIn(one).length > 0]),
    [
      'Where is the exit code decided?',
      'Where does a new guard go?',
      'Who may write to the run folder?',
      'What happens on `kill -9`?',
      'How is a latency objective judged?',
    ].map((question) => [question, true]),
  )
})

/** Files that a page names in backticks by their whole path. */
test('every path in CONTRIBUTING.md is there', () => {
  const text = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8')
  const ours = /^(chaos|cli|slo|scenarios|reports)\//
  const named = [...text.matchAll(/`([\w./-]+)`/g)]
    .map(([, path = '']) => path)
    .filter((path) => ours.test(path))
  assert.ok(named.length > 5)
  assert.deepEqual(
    named.filter((path) => !existsSync(join(root, path))),
    [],
  )
})
