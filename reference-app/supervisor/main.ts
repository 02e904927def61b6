import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Failure } from '../platform/failure.ts'
import { allOff } from '../platform/switch-state.ts'
import { openCache } from './cache-folder.ts'
import { claimBlock } from './claim.ts'
import { findFaketime, openClocks } from './clocks.ts'
import { type DataFolder, defaultDataFolder, layOut, openDataFolder } from './data-folder.ts'
import { isLeftBehind, lockData } from './data-lock.ts'
import { type Description, describe } from './description.ts'
import { settleEnvironment } from './environment.ts'
import { LogFile } from './log-file.ts'
import { help, type Options, parseOptions } from './options.ts'
import { Platform } from './platform.ts'
import { firstBlock, portsOf } from './ports.ts'
import { services } from './services.ts'

const version: string = JSON.parse(
  readFileSync(path.resolve(import.meta.dirname, '../package.json'), 'utf8'),
).version

// Whoever read our lines may be gone; that is no reason to stop.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

try {
  await main(parseOptions(process.argv.slice(2)))
} catch (error) {
  if (!(error instanceof Failure)) throw error
  process.stderr.write(
    `plaza: ${error.message}\n${error.hint === undefined ? '' : `  hint: ${error.hint}\n`}`,
  )
  process.exit(error.exitCode)
}

async function main(options: Options): Promise<void> {
  if (options.help) return void process.stdout.write(help)
  if (options.describe) return print(describeStopped(options))
  await run(options)
}

async function run(options: Options): Promise<void> {
  const library = options.skewableClocks ? findFaketime() : undefined
  const dataOf = (base: number) => options.data ?? defaultDataFolder(base)
  const claim = await claimBlock({
    base: options.port ?? firstBlock,
    isFixed: options.port !== undefined,
    isLeftBehind: (base) => isLeftBehind(layOut(path.resolve(dataOf(base))).lockFile),
    say: (sentence) => process.stderr.write(`plaza: ${sentence}\n`),
  })
  const cache = openCache(options.data)
  settleEnvironment(cache)
  const folder = openDataFolder(dataOf(claim.ports.gateway))
  const unlock = lockData(folder.lockFile)
  const say = openLog(folder)
  const targetFiles = [folder.targetFile, process.env['GAUNTLET_TARGET_FILE']].filter(isGiven)
  for (const file of targetFiles) rmSync(file, { force: true })
  const platform = new Platform({
    claim,
    folder,
    cache,
    version,
    say,
    clocks: library === undefined ? undefined : openClocks({ library, folder: folder.clocks }, services),
  })
  const stop = async (exitCode: number) => {
    await platform.stop()
    say('stopped')
    unlock()
    process.exit(exitCode)
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void stop(0))
  try {
    await platform.start()
    for (const file of targetFiles) writeAtomically(file, platform.describe())
  } catch (error) {
    await platform.stop()
    unlock()
    throw error
  }
  announce(platform.describe(), folder)
  process.stderr.write('plaza: Ctrl-C ends it\n')
}

/** Human lines on stderr, and the same in the supervisor's log. */
function openLog(folder: DataFolder): (sentence: string) => void {
  const log = new LogFile('supervisor', path.join(folder.logs, 'supervisor.log'))
  return (sentence) => {
    log.write(sentence)
    process.stderr.write(`plaza: ${sentence}\n`)
  }
}

function announce(description: Description, folder: DataFolder): void {
  const lines = [
    ...Object.entries(description.addresses),
    ['control', description.control.url],
    ['data', folder.root],
  ]
  process.stdout.write(
    `Plaza is ready\n${lines.map(([name, at]) => `  ${name?.padEnd(10)} ${at}\n`).join('')}`,
  )
}

function describeStopped(options: Options): Description {
  const ports = portsOf(options.port ?? firstBlock)
  const folder = layOut(path.resolve(options.data ?? defaultDataFolder(ports.gateway)))
  const { skewableClocks } = options
  const still = { vias: {}, switches: allOff, live: () => undefined }
  return describe({ version, ports, folder, skewableClocks, ...still })
}

function print(description: Description): void {
  process.stdout.write(`${JSON.stringify(description, undefined, 2)}\n`)
}

function writeAtomically(file: string, description: Description): void {
  try {
    writeFileSync(`${file}.new`, `${JSON.stringify(description, undefined, 2)}\n`)
    renameSync(`${file}.new`, file)
  } catch (cause) {
    throw new Failure(`the description cannot be written to ${file}`, { cause, exitCode: 2 })
  }
}

function isGiven(text: string | undefined): text is string {
  return text !== undefined && text !== ''
}
