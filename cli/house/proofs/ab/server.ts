// Answers each request after a set amount of work: node server.ts [--port 7300] [--dearer 0.05] [--describe]
// Needs nothing else, so that a copy of this folder is a project of its own.
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '7300' },
    dearer: { type: 'string', default: '0' },
    describe: { type: 'boolean', default: false },
  },
})
const port = Number(values.port)

/** About 2.4 ms on a machine of 2026. */
const ROUNDS = 1_500_000
/** Of the CPU time of a request; the rest is HTTP (2.4 of 2.6 ms, measured with and without the work). */
const SHARE_OF_WORK = 0.92
const rounds = Math.round(ROUNDS * (1 + Number(values.dearer) / SHARE_OF_WORK))

/** Xorshift32, Marsaglia, 2003: work that no compiler can leave out. */
function work(): number {
  let state = 1
  for (let round = 0; round < rounds; round += 1) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
  }
  return state
}

/** Field 22 of /proc/PID/stat. */
function startedAt(): number {
  const stat = readFileSync('/proc/self/stat', 'latin1')
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19])
}

const live = values.describe ? {} : { pid: process.pid, startedAt: startedAt() }
const description = {
  schema: 'gauntlet/target/1',
  name: 'worker',
  version: values.dearer === '0' ? '1.0.0' : `1.0.0-dearer-${values.dearer}`,
  addresses: { front: `http://127.0.0.1:${port}` },
  processes: [{ name: 'front', ...live, labels: {}, port }],
  links: [],
  switches: [],
  facts: [],
  logs: [],
}

function serve(): void {
  const parent = process.ppid
  setInterval(() => process.ppid === parent || process.exit(), 200)
  createServer((_request, response) => response.end(String(work()))).listen(port, '127.0.0.1', () => {
    const file = process.env['GAUNTLET_TARGET_FILE']
    if (file === undefined) return
    writeFileSync(`${file}.part`, JSON.stringify(description))
    renameSync(`${file}.part`, file)
  })
}

if (values.describe) console.log(JSON.stringify(description))
else serve()
