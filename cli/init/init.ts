import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { GauntletError } from '../../reports/run/index.ts'

const TEMPLATES = fileURLToPath(new URL('../templates/', import.meta.url))
const ENDING = '.template'
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/

/** Writes the files of a project that tests this address into a folder; gives their names. Nothing there is replaced. */
export function writeProject(folder: string, address: string): string[] {
  const site = parseAddress(address)
  const files = globSync(`**/*${ENDING}`, { cwd: TEMPLATES }).sort()
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
  for (const [name, text] of texts) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), filled(text, site), { flag: 'wx' })
  }
  return texts.map(([name]) => name)
}

function parseAddress(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.username + url.search + url.hash === '')
    return url
  const shown = text.replace(/\/\/[^/]*@/, '//…@') // a password is written down nowhere
  throw new GauntletError('BAD_ADDRESS', `"${shown}" is no address of a site`, {
    hint: 'http:// or https://, host and path alone, such as http://127.0.0.1:8080',
  })
}

/** Only of a server on this machine it can be found out which process it is. */
function filled(text: string, site: URL): string {
  const isHere = LOOPBACK.test(site.hostname)
  const port = site.port === '' ? (site.protocol === 'https:' ? '443' : '80') : site.port
  const values: Readonly<Record<string, string>> = {
    address: site.href.replace(/\/$/, ''),
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

const NO_FAULT = `    # The experiment pause-site needs a server on this machine: describe its process in gauntlet.config.ts, and add
    # - { name: paused, for: 4s, experiments: [pause-site], judged: false }
    - { name: later, for: 20s }
`
