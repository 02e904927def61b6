import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { platform, tmpdir } from 'node:os'
import { join } from 'node:path'
import { Docker } from '../../chaos/drivers/local/docker/index.ts'
import { until } from '../../reports/run/testing.ts'
import { createHttp } from '../process/http.ts'

/** A Docker for the tests of a file. */
export interface TestDocker {
  /** as in DOCKER_HOST */
  readonly host: string
  stop(): Promise<void>
}

const has = (program: string): boolean => spawnSync(program, ['--version']).error === undefined

/** One of the test's own where it may start one, else one that runs; why there is neither. */
export async function openDocker(): Promise<TestDocker | string> {
  if (platform() !== 'linux') return 'containers have addresses that can be reached on Linux only'
  if (!has('go')) return 'no go, of which the image is built'
  if (has('dockerd') && process.getuid?.() === 0) return startDocker().catch((error: Error) => error.message)
  const host = process.env['DOCKER_HOST'] ?? ''
  const silence = await new Docker(host, createHttp()).silence()
  if (silence === undefined) return { host, stop: async () => {} }
  return `no dockerd that we may start as root, and ${silence}`
}

/** With nothing of the machine's: own files, no bridge but those of the tests' networks, no rule of its firewall. */
async function startDocker(): Promise<TestDocker> {
  const folder = mkdtempSync(join(tmpdir(), 'gauntlet-dockerd-'))
  const at = (name: string): string => join(folder, name)
  const host = `unix://${at('docker.sock')}`
  const places = ['--data-root', at('data'), '--exec-root', at('exec'), '--pidfile', at('pid'), '-H', host]
  const log = openSync(at('log'), 'w')
  const child = spawn('dockerd', [...places, '--bridge=none', '--iptables=false', '--ip6tables=false'], {
    stdio: ['ignore', log, log],
  })
  const exited = once(child, 'exit')
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill()
    await exited
    // it leaves its own network namespace mounted
    spawnSync('umount', [at('exec/netns/default')])
    rmSync(folder, { recursive: true, force: true })
  }
  const docker = new Docker(host, createHttp())
  const isReady = async (): Promise<boolean> =>
    child.exitCode !== null || (await docker.silence()) === undefined
  await until('dockerd answers', isReady, 30_000).catch(() => {})
  if (child.exitCode === null && (await docker.silence()) === undefined) return { host, stop }
  const last = readFileSync(at('log'), 'utf8').trim().split('\n').at(-1)
  await stop()
  throw new Error(`dockerd did not start: ${last}`)
}
