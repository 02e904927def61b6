import type { Static, TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { Settings } from 'typebox/system'
import type { Complaint } from './errors.ts'
import { nearestHint } from './nearest.ts'
import type { YamlDocument, YamlPath } from './yaml.ts'

export type Shaped<Value> =
  | { readonly value: Value; readonly complaints: readonly [] }
  | { readonly value: undefined; readonly complaints: readonly Complaint[] }

/** Holds a document against its schema: the frozen value, or all complaints at once, each with its place. */
export function checkShape<Schema extends TSchema>(
  schema: Schema,
  document: YamlDocument,
): Shaped<Static<Schema>> {
  Settings.Set({ maxErrors: 1000 }) // typebox stops at 8 unless told otherwise
  const shape = Compile(schema)
  if (shape.Check(document.value)) return { value: deepFreeze(document.value), complaints: [] }
  const errors: readonly ShapeError[] = shape.Errors(document.value)
  const complaints = withoutOtherBranches(errors).flatMap((error) => complain(error, schema, document))
  return { value: undefined, complaints: inReadingOrder(complaints) }
}

interface ShapeError {
  readonly keyword: string
  readonly schemaPath: string
  readonly instancePath: string
  readonly params: object
  readonly message: string
}

function complain(error: ShapeError, schema: TSchema, document: YamlDocument): Complaint[] {
  const path = parsePointer(error.instancePath)
  const node = schemaAt(schema, error.schemaPath)
  const params = new Map(Object.entries(error.params))
  switch (error.keyword) {
    case 'boolean': // says again what `additionalProperties` says
      return []
    case 'additionalProperties':
      return texts(params.get('additionalProperties')).map((key) =>
        document.complaint([...path, key], `unknown key "${key}"`, {
          hint: nearestHint(key, Object.keys(field(node, 'properties') ?? {})),
          on: 'key',
        }),
      )
    case 'required':
      return texts(params.get('requiredProperties')).map((key) =>
        document.complaint(path, `"${key}" is missing${path.length > 0 ? ` in ${nameOf(path)}` : ''}`, {
          hint: expected(field(field(node, 'properties'), key)),
          on: 'key',
        }),
      )
    case 'enum':
    case 'const':
      return [unknownWord(path, texts(params.get('allowedValues') ?? [params.get('allowedValue')]), document)]
    default:
      return [wrongValue(error, node, path, document)]
  }
}

function unknownWord(path: YamlPath, allowed: readonly string[], document: YamlDocument): Complaint {
  const word = document.text(path) ?? 'this'
  return document.complaint(path, `unknown ${nameOf(path)} "${word}"`, { hint: nearestHint(word, allowed) })
}

function wrongValue(error: ShapeError, node: unknown, path: YamlPath, document: YamlDocument): Complaint {
  const text = document.text(path)
  const title = field(node, 'title')
  const hint = expected(node)
  if (text !== undefined && typeof title === 'string')
    return document.complaint(path, `"${text}" is not a ${title}`, { hint })
  const value = text === undefined ? '' : ` "${text}"`
  return document.complaint(
    path,
    `${nameOf(path)}${value} ${YAML_WORDS.get(error.message) ?? error.message}`,
    { hint },
  )
}

const YAML_WORDS = new Map([
  ['must be object', 'must be a map'],
  ['must be array', 'must be a list'],
  ['must be string', 'must be text'],
  ['must be number', 'must be a number'],
  ['must be integer', 'must be a whole number'],
  ['must be boolean', 'must be true or false'],
  ['must not have duplicate items', 'has something twice'],
  ['must not have fewer than 1 items', 'must have something in it'],
  ['must not have fewer than 1 properties', 'must have something in it'],
])

function expected(node: unknown): string | undefined {
  const description = field(node, 'description')
  return typeof description === 'string' ? `expected ${description}` : undefined
}

/** Of a union only the branch that fits best is complained about. */
function withoutOtherBranches(errors: readonly ShapeError[]): ShapeError[] {
  let kept = errors.filter(({ keyword }) => keyword !== 'anyOf')
  for (const { schemaPath } of errors.filter(({ keyword }) => keyword === 'anyOf')) {
    const branches = Map.groupBy(kept, (error) => branchOf(error.schemaPath, schemaPath))
    branches.delete(undefined)
    const misfitOf = ([branch, all]: [string | undefined, readonly ShapeError[]]): number =>
      misfit(all, `${schemaPath}/anyOf/${branch}`)
    const [best] = [...branches].sort((a, b) => misfitOf(a) - misfitOf(b))
    kept = kept.filter(({ schemaPath: at }) => [undefined, best?.[0]].includes(branchOf(at, schemaPath)))
  }
  return kept
}

function branchOf(schemaPath: string, union: string): string | undefined {
  const rest = schemaPath.startsWith(`${union}/anyOf/`) ? schemaPath.slice(union.length + 7) : undefined
  return rest?.split('/')[0]
}

/**
 * How far a value is from a branch of a union. Another `kind`, or no map where one is meant, is another branch; a key
 * too many or too few is a typing error in this one; what is wrong deeper down says least.
 */
function misfit(errors: readonly ShapeError[], branch: string): number {
  const weights = errors.map(({ keyword, schemaPath }) => {
    const isOfBranch = schemaPath === branch
    if (keyword === 'const' || (isOfBranch && keyword === 'type')) return 1000
    return isOfBranch ? 100 : 1
  })
  return weights.reduce((sum, one) => sum + one, 0)
}

function schemaAt(schema: unknown, schemaPath: string): unknown {
  return parsePointer(schemaPath.slice(1)).reduce<unknown>((node, part) => field(node, part), schema)
}

/** JSON pointer, RFC 6901. */
function parsePointer(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function field(node: unknown, name: string): object | string | undefined {
  if (typeof node !== 'object' || node === null) return undefined
  const value: unknown = Object.entries(node).find(([key]) => key === name)?.[1]
  return typeof value === 'string' || (typeof value === 'object' && value !== null) ? value : undefined
}

const texts = (list: unknown): string[] => (Array.isArray(list) ? list.map(String) : [])

function nameOf(path: YamlPath): string {
  const name = path.findLast((part) => !/^\d+$/.test(String(part)))
  return name === undefined ? 'the document' : String(name)
}

const inReadingOrder = (complaints: readonly Complaint[]): Complaint[] =>
  complaints.toSorted((a, b) => a.line - b.line || a.column - b.column)

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) {
    Object.freeze(value)
    for (const inner of Object.values(value)) deepFreeze(inner)
  }
  return value
}
