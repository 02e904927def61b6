import { dirname, join, normalize } from 'node:path'
import type { SourceRead } from './survey/read-source.ts'

interface Room {
  /** files whose path begins with this; the longest that fits decides */
  readonly folder: string
  /** folders of ours from which it may import, besides itself */
  readonly may: readonly string[]
  /** `none`: no node: module; `k6`: only k6/* */
  readonly runtime?: 'none' | 'k6'
}

/** Who may import whom. Content imports nothing of ours, and nobody imports content. */
export const IMPORT_TABLE: readonly Room[] = [
  { folder: 'reports/run', may: [], runtime: 'none' },
  { folder: 'reports/sketch', may: [] },
  // the shape of what render hands to the page is the page's own, and the one thing of it that render knows
  { folder: 'reports/render', may: ['reports/run', 'reports/sketch', 'reports/page/page-data.ts'] },
  { folder: 'reports/page', may: ['reports/run', 'reports/sketch'] },
  { folder: 'slo', may: ['reports/run', 'reports/sketch'] },
  { folder: 'scenarios', may: ['reports/run', 'reports/sketch', 'slo/model'] },
  { folder: 'scenarios/journeys', may: [], runtime: 'k6' },
  { folder: 'chaos', may: ['reports/run', 'slo/model', 'slo/judge', 'slo/sources'] },
  { folder: 'dashboards', may: ['slo/model', 'slo/generate'] },
  { folder: 'cli', may: ['reports', 'slo', 'scenarios', 'chaos', 'dashboards'] },
  { folder: 'reference-app', may: [] },
  // the files at the root: a project's configuration, which imports what a user's would
  { folder: '', may: ['cli/api.ts'] },
]

const CONTENT =
  /(^|\/)(catalog|journeys|plans|windows|golden|proofs|templates|dashboards\/grafana|dashboards\/prometheus)\//
const PROCESS_MODULES = new Set(['process', 'child_process', 'node:process', 'node:child_process'])
/** What is wrong with the imports of a file, a sentence each. */
export function faultsOf({ path, imports, touchesProcess }: SourceRead): string[] {
  const faults = imports.flatMap((specifier) => faultsOfImport(path, specifier))
  const mayTouchProcess = isTest(path) || isBelow(path, 'cli') || isBelow(path, 'reference-app')
  if (!mayTouchProcess && touchesProcess) faults.push('touches process: only cli may')
  return faults.map((fault) => `${path} ${fault}`)
}

function faultsOfImport(path: string, specifier: string): string[] {
  return specifier.startsWith('.') ? faultsOfRelative(path, specifier) : faultsOfPackage(path, specifier)
}

function faultsOfRelative(path: string, specifier: string): string[] {
  const target = normalize(join(dirname(path), specifier))
  if (!/\.(tsx?|css|json)$/.test(specifier))
    return [`imports ${specifier}, which does not end in .ts or .tsx`]
  if (CONTENT.test(target) && !CONTENT.test(path))
    return [`imports the content ${target}: load it by its path`]
  const from = roomOf(path)
  const allowed = roomOf(target) === from || from.may.some((folder) => isBelow(target, folder))
  return allowed ? [] : [`imports ${target}: ${from.folder || 'the root'} may not`]
}

function faultsOfPackage(path: string, specifier: string): string[] {
  const { folder, runtime } = roomOf(path)
  // files of a project: ours at the root, and fixtures that stand for a user's
  const isProject = folder === '' || /(^|\/)fixtures\//.test(path)
  if (/^gauntlet(-plaza)?(\/|$)/.test(specifier) && !isProject) return [`imports the package ${specifier}`]
  if (runtime === 'k6')
    return specifier.startsWith('k6') ? [] : [`imports ${specifier}: a journey has only k6`]
  if (isTest(path)) return []
  if (runtime === 'none' && specifier.startsWith('node:'))
    return [`imports ${specifier}: ${folder} knows no Node`]
  const mayTouchProcess = folder === 'cli' || folder === 'reference-app'
  return PROCESS_MODULES.has(specifier) && !mayTouchProcess ? [`imports ${specifier}: only cli may`] : []
}

function roomOf(path: string): Room {
  const rooms = IMPORT_TABLE.filter(({ folder }) => isBelow(path, folder))
  return rooms.reduce((best, room) => (room.folder.length > best.folder.length ? room : best))
}

function isBelow(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`)
}

/** Tests, and what stands beside them only for them. */
export function isTest(path: string): boolean {
  return /\.test\.tsx?$|(^|\/)(testing|fixtures)(\/|\.ts$)/.test(path)
}
