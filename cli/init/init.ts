import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { GauntletError, LOOPBACK } from '../../reports/run/index.ts'
import { writable } from '../run/record/recorder.ts'

const TEMPLATES = fileURLToPath(new URL('../templates/', import.meta.url))
const ENDING = '.template'

export interface WrittenProject {
  readonly files: readonly string[]
  /** whether its plan has a fault: only a server on this machine can be hit */
  readonly breaks: boolean
}

/** Writes the files of a project that tests this address into a folder. Nothing there is replaced. */
export async function writeProject(folder: string, address: string): Promise<WrittenProject> {
  const site = parseAddress(address)
  const breaks = LOOPBACK.test(site.hostname)
  const files = globSync(`**/*${ENDING}`, { cwd: TEMPLATES })
    .filter((file) => breaks || !file.includes('.experiment.'))
    .sort()
  const texts = files.map(
    (file) => [file.slice(0, -ENDING.length), readFileSync(join(TEMPLATES, file), 'utf8')] as const,
  )
  const there = texts.map(([name]) => name).filter((name) => existsSync(join(folder, name)))
  if (there.length > 0)
    throw new GauntletError(
      'FILES_THERE',
      `${folder} has ${there.join(', ')} already, so nothing was written`,
      {
        hint: 'go to an empty folder, or take them away',
      },
    )
  await writable(folder, async () => {
    for (const [name] of texts) mkdirSync(dirname(join(folder, name)), { recursive: true })
    for (const [name, text] of texts) writeFileSync(join(folder, name), filled(text, site), { flag: 'wx' })
  })
  return { files: texts.map(([name]) => name), breaks }
}

function parseAddress(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.username + url.search + url.hash === '')
    return url
  const shown = text.replace(/[^/]*@/, '…@') // a password is written down nowhere
  const isBare = /^[\w.-]+(:\d+)?(\/|$)/.test(text)
  throw new GauntletError('BAD_ADDRESS', `"${shown}" is no address of a site`, {
    hint: isBare
      ? `with its scheme: http://${text}`
      : 'http:// or https://, host and path alone, such as http://127.0.0.1:8080',
  })
}

/** Only of a server on this machine it can be found out which process it is. */
function filled(text: string, site: URL): string {
  const isHere = LOOPBACK.test(site.hostname)
  const port = site.port === '' ? (site.protocol === 'https:' ? '443' : '80') : site.port
  const values: Readonly<Record<string, string>> = {
    address: site.href.replace(/\/$/, '').replaceAll("'", '%27'),
    processes: isHere ? processes(port) : '',
    fault: isHere ? FAULT : NO_FAULT,
  }
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '')
}

const processes = (port: string): string => `      // the process that listens there: faults may hit it
      processes: [{ name: 'site', labels: { app: 'site' }, port: ${port} }],
`

const FAULT = `    - { name: paused, for: 4s, experiments: [pause-site], judged: false }
    - { name: settling, for: 6s, judged: false }
    - { name: recovered, for: 20s }
`

const NO_FAULT = `    # A fault needs a server that it can reach: gauntlet init http://127.0.0.1:8080, elsewhere, writes a plan with one
    - { name: later, for: 20s }
`
