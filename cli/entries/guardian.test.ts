import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { build } from 'esbuild'

test('the guardian needs nothing but Node and ourselves: it is ready soon, and no package of others can break it', async () => {
  const { metafile } = await build({
    entryPoints: [join(import.meta.dirname, 'guardian.ts')],
    ...{ bundle: true, platform: 'node', format: 'esm', packages: 'external', write: false },
    metafile: true,
  })
  const imports = Object.values(metafile.inputs).flatMap((file) => file.imports)
  const packages = imports.filter(({ path, external }) => external && !path.startsWith('node:'))
  assert.deepEqual(
    packages.map(({ path }) => path),
    [],
  )
  assert.ok(imports.some(({ path }) => path.endsWith('take-back.ts')))
})
