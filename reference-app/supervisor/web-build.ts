/** Builds the web page: `node web-build.ts SOURCES TARGET`. A process of its own, since Vite is heavy. */
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { build } from 'vite'

const [root = '', outDir = ''] = process.argv.slice(2)

await build({
  configFile: false,
  root,
  mode: 'production',
  logLevel: 'warn',
  plugins: [react()],
  build: { outDir, emptyOutDir: true, modulePreload: { polyfill: false } },
})

// Compressed once here, not at each request.
for (const name of globSync('**/*.{html,js,css,svg}', { cwd: outDir })) {
  const file = path.join(outDir, name)
  const content = readFileSync(file)
  writeFileSync(`${file}.br`, brotliCompressSync(content))
  writeFileSync(`${file}.gz`, gzipSync(content))
}
