import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { duration } from '../../../reports/run/index.ts'
import { loadProject } from '../../config/load-config.ts'
import { showList } from './show-list.ts'
import { showPlan } from './show-plan.ts'

const project = await loadProject(join(import.meta.dirname, '../../..'))

test('a plan is as long in the list as where it is planned', async () => {
  const listed = await showList(project, { json: false })
  const asked = { project, allowUndecidable: false, json: true }
  for (const plan of ['verify', 'verify-short']) {
    const { atMostMs } = JSON.parse(await showPlan({ ...asked, plan }))
    assert.match(listed, new RegExp(`${plan} +at most ${duration(atMostMs)}, `))
  }
})
