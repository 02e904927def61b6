import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { after, afterEach } from 'node:test'
import { findK6 } from '../../scenarios/drivers/k6/index.ts'
import { download } from '../process/download.ts'
import { createExec } from '../process/exec.ts'
import { lockPortBlock } from '../process/ports.ts'
import { whereToLook } from '../run/draft/tools.ts'
import { nothingLeftOver } from './left-over.ts'
import type { Shop } from './run-folders.ts'
import { copyShop } from './shop-folder.ts'

const VARIABLES_OF_OURS = /^(K6_|GAUNTLET_|NODE_TEST_CONTEXT$|NODE_OPTIONS$|CI$)/

/** Opens a shop for the tests of a file: after each test nothing may be left over of it, and at the end it is removed. */
export async function openShop(what: string): Promise<Shop> {
  // before the locks become our own: the ports are shared with every test of this machine
  const block = await lockPortBlock(10, what)
  const folder = mkdtempSync(join(tmpdir(), 'gauntlet-shop-'))
  const places = {
    root: join(folder, 'project'),
    locks: join(folder, 'locks'),
    temporary: join(folder, 'tmp'),
  }
  copyShop(places.root)
  mkdirSync(places.locks)
  mkdirSync(places.temporary)
  process.env['GAUNTLET_LOCKS'] = places.locks
  const k6 = await k6OfThisMachine()
  const environment = { ...environmentOf(places), ...(typeof k6 === 'string' ? {} : k6) }
  const shop = { ...places, ports: block.ports, environment, skip: typeof k6 === 'string' && k6 }
  afterEach(() => nothingLeftOver(shop))
  after(() => {
    rmSync(folder, { recursive: true, force: true })
    block.release()
  })
  return shop
}

function environmentOf({ locks, temporary }: Pick<Shop, 'locks' | 'temporary'>): Record<string, string> {
  const named = Object.entries(process.env).filter(([name]) => !VARIABLES_OF_OURS.test(name))
  return {
    ...Object.fromEntries(named.filter((one): one is [string, string] => one[1] !== undefined)),
    PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
    TMPDIR: temporary,
    GAUNTLET_LOCKS: locks,
    // else it would lie in the temporary folder, where nothing may be left over
    NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache'),
  }
}

/** `K6_BIN` for the shop's runs, built or fetched when there is none; why it could not be had. */
async function k6OfThisMachine(): Promise<{ readonly K6_BIN: string } | string> {
  const log = { fact: () => {}, doing: (line: string) => console.error(line) }
  return findK6(whereToLook(), { exec: createExec({ runId: 'test' }), log, download }).then(
    ({ path }) => ({ K6_BIN: path }),
    (error: Error) => `k6 is missing: ${error.message}`,
  )
}

/** Undoes what a test did to the shop's own files. */
export function restoreFiles({ root }: Shop): void {
  copyShop(root)
}
