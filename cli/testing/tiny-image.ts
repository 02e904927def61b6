import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GenericContainer } from 'testcontainers'

const SOURCE = join(import.meta.dirname, '../fixtures/docker')

/** An image from scratch with one static program in it, the service of `cli/fixtures/docker`. */
export async function buildTinyImage(): Promise<GenericContainer> {
  const folder = mkdtempSync(join(tmpdir(), 'gauntlet-tiny-'))
  try {
    cpSync(SOURCE, folder, { recursive: true })
    const built = spawnSync('go', ['build', '-ldflags=-s -w', '-o', 'server', '.'], {
      cwd: folder,
      env: { ...process.env, CGO_ENABLED: '0' },
      encoding: 'utf8',
    })
    assert.equal(built.status, 0, built.stderr)
    return await GenericContainer.fromDockerfile(folder).build('gauntlet-tiny', { deleteOnExit: false })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
