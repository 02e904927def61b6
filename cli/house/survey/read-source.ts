import { parse } from '@babel/parser'

/** A TypeScript file of the house: its path from the root, with forward slashes, and its text. */
export interface SourceFile {
  readonly path: string
  readonly text: string
}

/** A function with a body in braces; an arrow that is one expression has no lines of its own. */
export interface FunctionFound {
  /** as declared, or as of what it is assigned to; of a callback, the function in which it stands */
  readonly name: string
  readonly line: number
  readonly lines: number
}

export interface SourceRead {
  readonly path: string
  readonly lines: number
  /** down to where the last import at its head ends; 0 when none stands there */
  readonly headLines: number
  /** every module that the file names: static, for its effect, dynamic, and of types */
  readonly imports: readonly string[]
  readonly functions: readonly FunctionFound[]
  /** uses the global `process` for more than to tell who it is */
  readonly touchesProcess: boolean
}

/** A node of Babel's syntax tree, as far as it is asked here. */
interface Node {
  readonly type: string
  readonly loc: { readonly start: { readonly line: number }; readonly end: { readonly line: number } }
  readonly [field: string]: unknown
}

/** Reads a file as the compiler would. Throws what is wrong with its syntax. */
export function readSource({ path, text }: SourceFile): SourceRead {
  const file = parse(text, {
    sourceType: 'module',
    plugins: path.endsWith('x') ? ['typescript', 'jsx'] : ['typescript'],
  })
  const imports: string[] = []
  const functions: FunctionFound[] = []
  let touchesProcess = false
  visit(file.program as unknown as Node, '', (node, name) => {
    const specifier = specifierOf(node)
    if (specifier !== undefined) imports.push(specifier)
    touchesProcess ||= isUseOfProcess(node)
    if (!isFunctionWithBody(node)) return
    const { start, end } = node.loc
    functions.push({ name, line: start.line, lines: end.line - start.line + 1 })
  })
  const headLines = headLinesOf(file.program.body as unknown as readonly Node[])
  return { path, lines: text.trimEnd().split('\n').length, headLines, imports, functions, touchesProcess }
}

function headLinesOf(statements: readonly Node[]): number {
  const after = statements.findIndex(({ type }) => type !== 'ImportDeclaration')
  const imports = after === -1 ? statements : statements.slice(0, after)
  return imports.at(-1)?.loc.end.line ?? 0
}

function visit(node: Node, within: string, see: (node: Node, name: string) => void): void {
  const name = nameOf(node) ?? within
  see(node, name)
  for (const value of Object.values(node))
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) visit(child, name, see)
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'loc' in value
}

const NAMED_BY: Readonly<Record<string, string>> = {
  FunctionDeclaration: 'id',
  VariableDeclarator: 'id',
  ClassMethod: 'key',
  ClassPrivateMethod: 'key',
  ObjectMethod: 'key',
  ObjectProperty: 'key',
}

function nameOf(node: Node): string | undefined {
  const named = node[NAMED_BY[node.type] ?? '']
  if (!isNode(named)) return undefined
  const name = isNode(named['id']) ? named['id']['name'] : named['name'] // a private name holds its own
  return typeof name === 'string' ? name : undefined
}

function isFunctionWithBody(node: Node): boolean {
  return /Function|Method/.test(node.type) && isNode(node['body']) && node['body'].type === 'BlockStatement'
}

function specifierOf(node: Node): string | undefined {
  const source = node.type === 'CallExpression' && isRequire(node) ? argumentOf(node) : node['source']
  return isNode(source) && typeof source['value'] === 'string' ? source['value'] : undefined
}

function isRequire({ callee }: Node): boolean {
  return isNode(callee) && callee['name'] === 'require'
}

function argumentOf(node: Node): unknown {
  return Array.isArray(node['arguments']) ? node['arguments'][0] : undefined
}

const USES_OF_PROCESS =
  /^(env|argv|execArgv|execPath|exit|exitCode|on|once|off|kill|cwd|chdir|std(in|out|err)|platform|arch|versions?|uptime|memoryUsage|cpuUsage|resourceUsage|hrtime|nextTick|umask|emitWarning)$/

/** `process.env` and the like, and `globalThis.process`. */
function isUseOfProcess({ type, object, property }: Node): boolean {
  if (!/^(Optional)?MemberExpression$/.test(type) || !isNode(object) || !isNode(property)) return false
  const [of, used] = [String(object['name']), String(property['name'])]
  return (of === 'process' && USES_OF_PROCESS.test(used)) || (of === 'globalThis' && used === 'process')
}
