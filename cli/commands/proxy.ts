import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Command } from 'commander'
import { Proxies, serveApi } from '../../chaos/drivers/local/proxy/index.ts'
import { GauntletError } from '../../reports/run/index.ts'
import { portHolders } from '../process/ports.ts'
import type { AddCommand } from './add-command.ts'
import { port } from './run-options.ts'

/** Toxiproxy's own. */
const API_PORT = 8474

interface Options {
  readonly port: number
  readonly config?: string
}

export const proxyCommand: AddCommand = (terminal) =>
  new Command('proxy')
    .option('--port <number>', 'where the API listens, always on loopback', port, API_PORT)
    .option('--config <file>', "proxies to begin with, in the form of Toxiproxy's file")
    .description(
      "Serve Toxiproxy's HTTP control API until Ctrl-C: TCP proxies with latency, loss, resets and more.",
    )
    .addHelpText('after', '\nExample:\n  gauntlet proxy --config toxiproxy.json')
    .action(async (options: Options) => {
      const interrupted = new Promise<void>((done) => terminal.onInterrupt(() => done()))
      await refuseTaken(options.port)
      const proxies = new Proxies()
      const api = await serveApi({ proxies, port: options.port })
      try {
        if (options.config !== undefined) await populate(api.url, resolve(terminal.cwd, options.config))
        terminal.screen.write(`Toxiproxy's API: ${api.url}, until Ctrl-C\n`)
        await interrupted
      } finally {
        api.close()
        proxies.stop()
      }
    })

async function populate(url: string, path: string): Promise<void> {
  const body = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new GauntletError('NO_PROXY_CONFIG', `there is no file ${path} that can be read`, {
      hint: `give ${FORM}`,
      cause,
    })
  })
  const reply = await fetch(`${url}/populate`, { method: 'POST', body })
  if (reply.ok) return
  const said: unknown = await reply.json().catch(() => undefined)
  const why =
    typeof said === 'object' && said !== null && 'error' in said ? said.error : `HTTP ${reply.status}`
  throw new GauntletError('BAD_PROXY_CONFIG', `the proxies of ${path} are not served: ${why}`, {
    hint: `it holds ${FORM}; each listens on a port that is free`,
  })
}

const FORM = 'a JSON list of {"name", "listen", "upstream", "enabled"}, as Toxiproxy reads it'

async function refuseTaken(asked: number): Promise<void> {
  const [holder] = await portHolders(asked)
  if (holder === undefined) return
  throw new GauntletError('PORT_TAKEN', `port ${asked} on 127.0.0.1 is taken by ${holder}`, {
    hint: 'it was left alone: end that program, or give another --port',
  })
}
