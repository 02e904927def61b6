import { type CommandUndo, type Exec, GauntletError } from '../../../../reports/run/index.ts'
import { type Counts, readCounts } from './counts.ts'
import { askInNamespace, runInNamespace, whyFailed } from './in-namespace.ts'
import { type Rule, tableName, tableScript } from './rules.ts'

/** A table of nftables of our own, in a network namespace of the target's. No other is read or touched. */
export class PacketTable {
  readonly name: string
  readonly #namespace: number
  readonly #exec: Exec

  constructor(namespace: number, injection: string, exec: Exec) {
    this.name = tableName(injection)
    this.#namespace = namespace
    this.#exec = exec
  }

  get undo(): CommandUndo {
    const deletes = { what: 'nft-table', name: this.name } as const
    const does = `delete the table ${this.name} in net:[${this.#namespace}]`
    return { kind: 'command', namespace: this.#namespace, deletes, does }
  }

  /** Before the undo is held: it would delete what another has under this name. */
  async refuseTaken(): Promise<void> {
    if (!(await this.isThere())) return
    throw new GauntletError('TABLE_TAKEN', `there is a table ${this.name} already, and it is not ours`, {
      hint: `look with: nft list table inet ${this.name}`,
      exit: 'machinery',
    })
  }

  /** false too when its namespace is gone */
  async isThere(): Promise<boolean> {
    const tables = await askInNamespace(this.#namespace, ['nft', 'list', 'tables', 'inet'], this.#exec)
    return tables?.split('\n').includes(`table inet ${this.name}`) ?? false
  }

  /** Why it could not, in words; undefined when all the rules are on. */
  async make(rules: readonly Rule[]): Promise<string | undefined> {
    const script = tableScript(this.name, rules)
    const ended = await runInNamespace(this.#namespace, ['nft', script], this.#exec)
    if (ended === undefined) return `net:[${this.#namespace}] is gone`
    return ended.exitCode === 0 ? undefined : `nft refused the table: ${whyFailed(ended)}`
  }

  /** undefined when it is not there */
  async counts(): Promise<Counts | undefined> {
    if (!(await this.isThere())) return undefined
    const listing = ['nft', '-j', 'list', 'table', 'inet', this.name] as const
    const json = await askInNamespace(this.#namespace, listing, this.#exec)
    return json === undefined ? undefined : readCounts(json)
  }
}
