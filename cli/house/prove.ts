import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Compile } from 'typebox/compile'
import { GauntletError, Proof } from '../../reports/run/index.ts'
import { loadMember, memberNames, runTool, VERDICT_EXIT } from './members.ts'
import { ProofProgress, type ProofWork } from './proof-model.ts'

const USAGE = 'npm run prove -- NAME | --list'
/** The same command goes on where its last slice stopped. */
const SLICE_MS = 9 * 60_000
const DAY_MS = 86_400_000
const root = resolve(import.meta.dirname, '../..')
const isProgress = Compile(ProofProgress)
const isProof = Compile(Proof)

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { list: { type: 'boolean' } },
  })
  const [name] = positionals
  if (values.list || name === undefined) {
    for (const one of memberNames('proofs'))
      console.log(`${one}  ${ageOf(one)}  ${(await loadProof(one)).claim}`)
    return 0
  }
  return runSlice(name, await loadProof(name))
}

async function loadProof(name: string): Promise<ProofWork> {
  const { proof } = await loadMember('proofs', name)
  if (isProofWork(proof)) return proof
  throw new GauntletError('NOT_A_PROOF', `cli/house/proofs/${name}.ts exports no \`proof\``)
}

function isProofWork(value: unknown): value is ProofWork {
  return typeof value === 'object' && value !== null && 'claim' in value && 'trial' in value
}

async function runSlice(name: string, work: ProofWork): Promise<number> {
  const until = performance.now() + SLICE_MS
  const progress = readProgress(name, work)
  await using _prepared = await work.prepare?.()
  let longestMs = 0
  // A trial that would not end within the slice is left to the next one; the first is always made.
  while (
    progress.results.length < work.trials &&
    (longestMs === 0 || performance.now() + longestMs < until)
  ) {
    const began = performance.now()
    const index = progress.results.length
    progress.results.push(await work.trial(work.seed + index, index))
    longestMs = Math.max(longestMs, performance.now() - began)
    write(progressPath(name), progress)
    console.log(`trial ${index + 1} of ${work.trials}: ${JSON.stringify(progress.results[index])}`)
  }
  if (progress.results.length === work.trials) return conclude(name, work, progress)
  console.log(`${progress.results.length} of ${work.trials} trials done; the same command goes on from here`)
  return VERDICT_EXIT.inconclusive
}

function conclude(name: string, work: ProofWork, { results, commit }: ProofProgress): number {
  const { figure, interval, unit, beside, cells, ...concluded } = work.conclude(results)
  const [low, high] = interval
  const lowered = loweredCells(cells ?? {}, keptProof(name)?.cells ?? {})
  for (const line of lowered) console.log(line)
  const verdict = lowered.length > 0 ? 'violated' : concluded.verdict
  const proof: Proof = {
    schema: 'gauntlet/proof/1',
    name,
    claim: work.claim,
    verdict,
    commit,
    seed: work.seed,
    n: results.length,
    figure,
    interval: [low, high],
    unit,
    ...(beside === undefined ? {} : { beside }),
    ...(cells === undefined ? {} : { cells }),
    date: new Date().toISOString().slice(0, 10),
  }
  if (!commit.endsWith(UNCOMMITTED)) write(proofPath(name), proof)
  else console.log('not recorded: what was proved is not what was committed')
  rmSync(progressPath(name), { force: true })
  console.log(`${verdict}: ${work.claim}: ${figure} ${unit} (${low} … ${high}), n = ${results.length}`)
  if (beside !== undefined) console.log(`beside: ${beside}`)
  return VERDICT_EXIT[verdict]
}

function readProgress(name: string, { seed }: ProofWork): ProofProgress {
  const path = progressPath(name)
  const commit = currentCommit()
  const kept: unknown = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined
  const isSame = isProgress.Check(kept) && kept.commit === commit && kept.seed === seed
  // Two states that were never committed cannot be told apart.
  if (isSame && !commit.endsWith(UNCOMMITTED)) return kept
  if (kept !== undefined) console.log('the code may have changed since the last slice: starting anew')
  return { schema: 'gauntlet/proof-progress/1', commit, seed, results: [] }
}

const UNCOMMITTED = '+changes'

/** Marked when what is proved is not what was committed. */
function currentCommit(): string {
  const git = (...args: string[]): string => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim()
  const isClean = git('status', '--porcelain', '--', ':!reports/proofs') === ''
  return `${git('rev-parse', '--short=12', 'HEAD')}${isClean ? '' : UNCOMMITTED}`
}

/** A cell may fall by this much by chance, or for a reason; more is a loss that somebody must look at. */
const MOST_LOWERED = 0.05

function loweredCells(
  now: Readonly<Record<string, number>>,
  before: Readonly<Record<string, number>>,
): string[] {
  return Object.entries(before).flatMap(([cell, was]) => {
    const is = now[cell] ?? 0
    return is < was - MOST_LOWERED ? [`lower than in the last proof: ${cell} was ${was}, is ${is}`] : []
  })
}

function keptProof(name: string): Proof | undefined {
  const path = proofPath(name)
  const proof: unknown = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined
  return isProof.Check(proof) ? proof : undefined
}

function ageOf(name: string): string {
  const proof = keptProof(name)
  if (proof === undefined) return existsSync(proofPath(name)) ? 'unreadable' : 'never proved'
  const days = Math.floor((Date.now() - Date.parse(proof.date)) / DAY_MS)
  return `${proof.verdict}, ${days} days old, at ${proof.commit}`
}

function proofPath(name: string): string {
  return join(root, 'reports/proofs', `${name}.json`)
}

function progressPath(name: string): string {
  return join(root, '.gauntlet/proofs', `${name}.json`)
}

function write(path: string, content: object): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, `${JSON.stringify(content, null, 2)}\n`)
}

await runTool(USAGE, main)
