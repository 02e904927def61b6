import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import type { PlannedSource } from '../../reports/run/index.ts'
import { until } from '../../reports/run/testing.ts'
import { knownUntilUs } from '../../slo/sources/ask-source.ts'
import { createHttp } from '../process/http.ts'

/** Why tests against a real Prometheus cannot run here; false when they can. */
export const noPrometheus: string | false =
  spawnSync('prometheus', ['--version']).error === undefined ? false : 'no prometheus'

/** Also the time that a scrape is waited for: what comes later, as on a busy machine, is a gap. */
const SCRAPED_EVERY = '1s'

interface PrometheusPlaces {
  /** an empty place for its files */
  readonly folder: string
  readonly port: number
  /** where numbers are read from, on loopback */
  readonly scrapes: number
}

export interface TestPrometheus {
  readonly source: PlannedSource
  stop(): Promise<void>
}

/** A Prometheus of the test's own, which has begun to read: it takes five seconds before it does. */
export async function startPrometheus({ folder, port, scrapes }: PrometheusPlaces): Promise<TestPrometheus> {
  mkdirSync(folder)
  const config = join(folder, 'prometheus.yml')
  const job = { job_name: 'shop', static_configs: [{ targets: [`127.0.0.1:${scrapes}`] }] }
  const global = { scrape_interval: SCRAPED_EVERY, scrape_timeout: SCRAPED_EVERY }
  writeFileSync(config, JSON.stringify({ global, scrape_configs: [job] }))
  const child = spawn(
    'prometheus',
    [
      `--config.file=${config}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=error',
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  )
  const stop = async (): Promise<void> => {
    const ended = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined
    child.kill()
    await ended
  }
  const source = { name: 'metrics', type: 'Prometheus', url: `http://127.0.0.1:${port}` } as const
  const http = createHttp()
  const hasScraped = async (): Promise<boolean> => (await knownUntilUs(source, http)) !== undefined
  await until('prometheus has scraped', hasScraped, 30_000).catch(async (error: unknown) => {
    await stop()
    throw error
  })
  return { source, stop }
}

interface ScrapedPlaces extends PrometheusPlaces {
  /** the lines that it reads, as they are at that moment */
  told(): readonly string[]
}

/** The same, with an exporter for it to read. */
export async function startScraping({ told, ...places }: ScrapedPlaces): Promise<TestPrometheus> {
  const exporter = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(`${told().join('\n')}\n`)
  })
  await once(exporter.listen(places.scrapes, '127.0.0.1'), 'listening')
  const close = (): void => {
    exporter.close()
    exporter.closeAllConnections()
  }
  const { source, stop } = await startPrometheus(places).catch((error: unknown) => {
    close()
    throw error
  })
  return { source, stop: () => stop().finally(close) }
}
