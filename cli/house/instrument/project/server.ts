// Answers at once and remembers when: node server.ts [--port 7300] [--describe]
// Needs nothing else, so that a copy of this folder is a project of its own.
//   server.pid     its pid, for who stops it for a while
//   answered.csv   written as it ends: `number,arrivedMs,answeredMs` of each request for /NUMBER
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: { port: { type: 'string', default: '7300' }, describe: { type: 'boolean', default: false } },
})
const port = Number(values.port)
/** Whoever knocks while it is stopped waits in the kernel; Linux cuts this to net.core.somaxconn. */
const BACKLOG = 4096

/** Field 22 of /proc/PID/stat. */
function startedAt(): number {
  const stat = readFileSync('/proc/self/stat', 'latin1')
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19])
}

const live = values.describe ? {} : { pid: process.pid, startedAt: startedAt() }
const description = {
  schema: 'gauntlet/target/1',
  name: 'clerk',
  version: '1.0.0',
  addresses: { desk: `http://127.0.0.1:${port}` },
  processes: [{ name: 'desk', ...live, labels: {}, port }],
  links: [],
  switches: [],
  facts: [],
  logs: [],
}

const answered: string[] = []

function serve(): void {
  const parent = process.ppid
  setInterval(() => process.ppid === parent || end(), 200)
  process.once('SIGTERM', end)
  const server = createServer(({ url = '' }, response) => {
    const arrivedMs = performance.now()
    response.end('{"status":"ok"}')
    if (/^\/\d+$/.test(url)) answered.push(`${url.slice(1)},${arrivedMs},${performance.now()}`)
  })
  server.listen({ port, host: '127.0.0.1', backlog: BACKLOG }, () => {
    writeFileSync(join(import.meta.dirname, 'server.pid'), String(process.pid))
    const file = process.env['GAUNTLET_TARGET_FILE']
    if (file === undefined) return
    writeFileSync(`${file}.part`, JSON.stringify(description))
    renameSync(`${file}.part`, file)
  })
}

function end(): void {
  writeFileSync(join(import.meta.dirname, 'answered.csv'), `${answered.join('\n')}\n`)
  process.exit()
}

if (values.describe) console.log(JSON.stringify(description))
else serve()
