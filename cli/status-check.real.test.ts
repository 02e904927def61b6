// A workflow's status checks, beside its faults and before them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JournalFact } from '../reports/run/index.ts'
import { breakIt, told } from './testing/break-it.ts'
import { type SmallTarget, startSmallTarget } from './testing/small-target.ts'

interface Check {
  readonly path: string
  readonly mode: 'Synchronous' | 'Continuous'
}

/** A check, with or before (`Parallel`, `Serial`) a pause of one process; the fault for 5 s. */
function workflow({ path, mode }: Check, type: 'Serial' | 'Parallel', { target }: SmallTarget): string {
  const http = { url: `${target.addresses['front']}${path}`, criteria: { statusCode: '200' } }
  const asked = { mode, timeoutSeconds: 1, intervalSeconds: 1, failureThreshold: 2, duration: '20s' }
  const selector = { labelSelectors: { app: 'back' } }
  return JSON.stringify({
    manifest: {
      ...{ apiVersion: 'chaos-mesh.org/v1alpha1', kind: 'Workflow', metadata: { name: 'w' } },
      spec: {
        entry: 'whole',
        templates: [
          { name: 'whole', templateType: type, children: ['well', 'killed'] },
          {
            ...{ name: 'well', templateType: 'StatusCheck', abortWithStatusCheck: true },
            statusCheck: { ...asked, type: 'HTTP', http },
          },
          {
            ...{ name: 'killed', templateType: 'PodChaos', deadline: '5s' },
            podChaos: { action: 'pod-failure', mode: 'one', selector },
          },
        ],
      },
    },
  })
}

async function journalOf(check: Check, type: 'Serial' | 'Parallel'): Promise<readonly JournalFact[]> {
  await using small = await startSmallTarget()
  const course = await breakIt(small, { steps: [workflow(check, type, small)] })
  assert.ok(course.refused === undefined, String(course.refused))
  return course.journal
}

const kindsOf = (journal: readonly JournalFact[]): string[] => journal.map(({ kind }) => kind)

const checkOf = (journal: readonly JournalFact[]): boolean | undefined => {
  const [check] = journal.flatMap((one) => (one.kind === 'status-check' ? [one.held] : []))
  return check
}

test('a check that succeeds is followed by its fault', async () => {
  const journal = await journalOf({ path: '/health', mode: 'Synchronous' }, 'Serial')
  assert.equal(checkOf(journal), true, told(journal))
  assert.ok(kindsOf(journal).indexOf('status-check') < kindsOf(journal).indexOf('fault-confirmed'))
})

test('a check that fails keeps what comes after it from being injected', async () => {
  const journal = await journalOf({ path: '/nowhere', mode: 'Synchronous' }, 'Serial')
  assert.equal(checkOf(journal), false, told(journal))
  assert.ok(!kindsOf(journal).includes('fault-injecting'), told(journal))
})

test('a check that fails beside a fault ends the fault, which is proven gone', async () => {
  const journal = await journalOf({ path: '/nowhere', mode: 'Continuous' }, 'Parallel')
  assert.equal(checkOf(journal), false, told(journal))
  assert.equal(kindsOf(journal).at(-1), 'fault-normal', told(journal))
})
