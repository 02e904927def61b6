import { createHash } from 'node:crypto'
import { type CommandUndo, type Exec, GauntletError } from '../../../../reports/run/index.ts'
import { askInNamespace, runInNamespace, whyFailed } from '../netfilter/index.ts'
import type { Leaf } from './leaf.ts'
import { foreignRoot, type Qdisc, readQdiscs } from './qdiscs.ts'

/** Far above any device here: only the leaf shapes. */
const UNSHAPED = ['rate', '100gbit', 'quantum', '60000']

/**
 * A device of a network namespace with a tree of ours as its root: htb, which passes on all that no class is said of,
 * and one class whose packets go through the leaf.
 */
export class ShapedDevice {
  /** major number, hexadecimal: 4000 to 7ffe, each injection its own */
  readonly handle: string
  readonly #leaf: string
  readonly #namespace: number
  readonly #device: string
  readonly #exec: Exec

  constructor(
    { namespace, device }: { readonly namespace: number; readonly device: string },
    injection: string,
    exec: Exec,
  ) {
    const number = 0x4000 + (createHash('sha256').update(injection).digest().readUInt16BE() % 0x3fff)
    this.handle = number.toString(16)
    this.#leaf = (number + 1).toString(16)
    this.#namespace = namespace
    this.#device = device
    this.#exec = exec
  }

  /** of the packets that shall be shaped: nftables leads them there */
  get class(): string {
    return `${this.handle}:1`
  }

  get undo(): CommandUndo {
    const deletes = { what: 'tc-qdisc', device: this.#device, handle: this.handle } as const
    const does = `delete the qdisc ${this.handle}: of ${this.#device} in net:[${this.#namespace}]`
    return { kind: 'command', namespace: this.#namespace, deletes, does }
  }

  /** Only what the kernel gave the device by itself comes back by itself. */
  async refuseTaken(): Promise<void> {
    const found = foreignRoot(await this.#qdiscs(), this.#device)
    if (found === undefined) return
    const what = `${this.#device} has the qdisc ${found.kind} ${found.handle} already`
    throw new GauntletError('DEVICE_TAKEN', `${what}, and it is not ours`, {
      hint: `look with: tc qdisc show dev ${this.#device}; take it off, or let a proxy do it`,
      exit: 'machinery',
    })
  }

  /** Why it could not, in words: then some of it may be there; undefined when all is. */
  async make({ kind, options }: Leaf): Promise<string | undefined> {
    const on = ['dev', this.#device]
    const commands = [
      ['qdisc', 'add', ...on, 'root', 'handle', `${this.handle}:`, 'htb'],
      ['class', 'add', ...on, 'parent', `${this.handle}:`, 'classid', this.class, 'htb', ...UNSHAPED],
      ['qdisc', 'add', ...on, 'parent', this.class, 'handle', `${this.#leaf}:`, kind, ...options],
    ]
    for (const command of commands) {
      const ended = await runInNamespace(this.#namespace, ['tc', ...command], this.#exec)
      if (ended === undefined) return `net:[${this.#namespace}] is gone`
      if (ended.exitCode !== 0) return `tc ${command.join(' ')}: ${whyFailed(ended)}`
    }
    return undefined
  }

  /** What the leaf did; undefined when it is not there. */
  async counts(): Promise<Qdisc | undefined> {
    return (await this.#qdiscs()).find((one) => one.dev === this.#device && one.handle === `${this.#leaf}:`)
  }

  async isThere(): Promise<boolean> {
    return (await this.#qdiscs()).some((one) => one.dev === this.#device && one.handle === `${this.handle}:`)
  }

  async #qdiscs(): Promise<readonly Qdisc[]> {
    const json = await askInNamespace(this.#namespace, ['tc', '-s', '-j', 'qdisc', 'show'], this.#exec)
    return json === undefined ? [] : (readQdiscs(json) ?? [])
  }
}
