import { dirname, join, normalize } from 'node:path'
import { faultsOf, isTest } from '../import-table.ts'
import { cyclesOf, type Imports, mutualFolders } from './cycles.ts'
import { type FunctionFound, readSource, type SourceFile, type SourceRead } from './read-source.ts'

export interface Measured<Thing> {
  readonly median: number
  /** the longest first */
  readonly longest: readonly Thing[]
}

export interface FunctionOfFile extends FunctionFound {
  readonly path: string
}

/** The house as its files say it is. */
export interface Survey {
  readonly files: number
  readonly cycles: readonly string[][]
  readonly mutualFolders: readonly [string, string][]
  readonly importFaults: readonly string[]
  /** of what is no test */
  readonly lines: Measured<SourceRead>
  readonly testLines: Measured<SourceRead>
  /** of what is no test; a function is one with a body in braces */
  readonly functionLines: Measured<FunctionOfFile>
}

export function surveyOf(sources: readonly SourceFile[]): Survey {
  const read = sources.map(readSource)
  const imports = importsBetween(read)
  const [tests, code] = [read.filter(({ path }) => isTest(path)), read.filter(({ path }) => !isTest(path))]
  const functions = code.flatMap(({ path, functions }) => functions.map((one) => ({ ...one, path })))
  return {
    files: sources.length,
    cycles: cyclesOf(imports),
    mutualFolders: mutualFolders(importsBetween(code)),
    importFaults: read.flatMap(faultsOf),
    lines: measured(code),
    testLines: measured(tests),
    functionLines: measured(functions),
  }
}

function importsBetween(read: readonly SourceRead[]): Imports {
  const known = new Set(read.map(({ path }) => path))
  return new Map(
    read.map(({ path, imports }) => {
      const targets = imports
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => normalize(join(dirname(path), specifier)))
      return [path, new Set(targets.filter((target) => known.has(target)))]
    }),
  )
}

function measured<Thing extends { readonly lines: number }>(things: readonly Thing[]): Measured<Thing> {
  const longest = things.toSorted((a, b) => b.lines - a.lines)
  return { median: longest[Math.floor(longest.length / 2)]?.lines ?? 0, longest }
}
