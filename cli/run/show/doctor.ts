import { statfs } from 'node:fs/promises'
import { availableParallelism, totalmem } from 'node:os'
import { bytes } from '../../../reports/run/index.ts'
import { locateK6 } from '../../../scenarios/drivers/k6/index.ts'
import { findBrowser } from '../../../scenarios/drivers/lighthouse/index.ts'
import { download } from '../../process/download.ts'
import { createExec } from '../../process/exec.ts'
import { createHttp } from '../../process/http.ts'
import { dockerHost } from '../draft/machine.ts'
import { nodeOrigin, whereToLook } from '../draft/tools.ts'
import { examineExtras } from './doctor-extras.ts'
import { examineSources } from './doctor-sources.ts'
import { type Examined, examined } from './examined.ts'

const quiet = { fact: () => {}, doing: () => {}, phase: () => {}, live: () => {} }

/** Looks at what a run needs; starts no target and builds no k6. Chromium is unpacked into the cache. */
export async function examine(folder: string): Promise<Examined[]> {
  const exec = createExec({ runId: 'doctor' })
  const where = whereToLook()
  return [
    { state: 'ready', name: `Node ${process.versions.node}`, about: nodeOrigin() },
    await examined('k6', async () => {
      const k6 = await locateK6(where, { exec, log: quiet, download })
      if (!('by' in k6)) return [`k6 ${k6.version}`, k6.origin]
      return 'go' in k6.by
        ? ['k6', 'will be built from the pinned module at the first run, about 2 min']
        : ['k6', `will be fetched at the first run: ${k6.by.archive}, about 40 MB`]
    }),
    await examined('Chromium', async () => {
      const { version, origin } = await findBrowser({ ...where, exec, log: quiet })
      return [version, origin]
    }),
    { state: 'ready', name: `${availableParallelism()} cores, ${bytes(totalmem())}`, about: 'this machine' },
    await examined('disk', async () => {
      const { bavail, bsize } = await statfs(folder)
      return [`${bytes(bavail * bsize)} free`, 'a run takes about 5 MiB']
    }),
    ...(await examineExtras({ exec, http: createHttp(), dockerHost: dockerHost() })),
    ...(await examineSources(folder)),
  ]
}

export function inWords(findings: readonly Examined[]): string {
  const lines = findings.flatMap(({ state, name, about, hint }) => [
    `  ${state.padEnd(10)} ${name.padEnd(28)} ${about}`,
    ...(hint === undefined ? [] : [`  ${''.padEnd(10)} ${hint}`]),
  ])
  const missing = findings.filter((one) => one.state === 'missing').length
  const end =
    missing === 0
      ? 'Nothing is missing. gauntlet verify can run.'
      : `${missing} missing. gauntlet verify cannot run.`
  return [...lines, '', end].join('\n')
}
