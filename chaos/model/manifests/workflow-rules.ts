import { nearestHint } from '../../../reports/run/index.ts'
import { EMBEDDED_KEYS, embeddedKey } from './embedded.ts'
import { below, type Finding } from './finding.ts'
import { valuesAt } from './values-at.ts'

interface Step {
  readonly name: string
  readonly templateType: string
  readonly children?: readonly string[] | undefined
}

interface Steps {
  readonly entry: string
  readonly templates: readonly Step[]
}

/** Fields that belong to one type of template only, besides the specs of the kinds. */
const FIELDS: Readonly<
  Record<string, { readonly needs: readonly string[]; readonly takes: readonly string[] }>
> = {
  Serial: { needs: ['children'], takes: [] },
  Parallel: { needs: ['children'], takes: [] },
  Suspend: { needs: ['deadline'], takes: [] },
  Task: { needs: ['task'], takes: ['conditionalBranches'] },
  Schedule: { needs: ['schedule'], takes: [] },
  StatusCheck: { needs: ['statusCheck'], takes: ['abortWithStatusCheck'] },
}
const OWNED = [
  'children',
  'task',
  'conditionalBranches',
  'schedule',
  'statusCheck',
  'abortWithStatusCheck',
  ...EMBEDDED_KEYS,
]
/** Far more than a phase can hold, and far from where memory ends. */
const MOST_STEPS = 1000

export function workflowRules({ entry, templates }: Steps): Finding[] {
  const names = templates.map(({ name }) => name)
  return [
    ...unknown(['entry'], entry, names),
    ...templates.flatMap((template, n) => [
      ...(names.indexOf(template.name) < n
        ? [{ path: ['templates', n, 'name'], message: `a second template of the name "${template.name}"` }]
        : []),
      ...below(misfits(template), ['templates', n]),
      ...(template.children ?? []).flatMap((child, at) =>
        unknown(['templates', n, 'children', at], child, names),
      ),
    ]),
    ...endless(entry, templates),
  ]
}

function unknown(path: Finding['path'], name: string, names: readonly string[]): Finding[] {
  return names.includes(name)
    ? []
    : [{ path, message: `no template of the name "${name}"`, hint: nearestHint(name, names) }]
}

function misfits(template: Step): Finding[] {
  const key = embeddedKey(template.templateType)
  const { needs, takes } = key
    ? { needs: [key], takes: [] }
    : (FIELDS[template.templateType] ?? { needs: [], takes: [] })
  const said = `templateType ${template.templateType}`
  const has = (field: string) => valuesAt(template, [field]).length > 0
  return [
    ...needs
      .filter((field) => !has(field))
      .map((field) => ({ path: ['templateType'], message: `${said} needs "${field}", which is missing` })),
    ...OWNED.filter((field) => ![...needs, ...takes].includes(field) && has(field)).map((field) => ({
      path: [field],
      message: `${said} takes no "${field}"`,
    })),
    ...(key && valuesAt(template, [key, 'duration']).length > 0
      ? [
          {
            path: [key, 'duration'],
            message: 'a template takes no duration',
            hint: 'expected deadline, beside it',
          },
        ]
      : []),
  ]
}

/** A template within itself would never end; one used again and again may be more than anybody can run. */
function endless(entry: string, templates: readonly Step[]): Finding[] {
  const known = new Map<string, number>()
  const within: string[] = []
  const stepsOf = (name: string): number => {
    if (within.includes(name)) throw new Within(name)
    const before = known.get(name)
    if (before !== undefined) return before
    within.push(name)
    const children = templates.find((one) => one.name === name)?.children ?? []
    const steps = children.reduce((sum, child) => sum + stepsOf(child), 1)
    within.pop()
    known.set(name, steps)
    return steps
  }
  try {
    const steps = stepsOf(entry)
    return steps > MOST_STEPS
      ? [{ path: ['templates'], message: `${steps} steps`, hint: `expected at most ${MOST_STEPS}` }]
      : []
  } catch (error) {
    if (!(error instanceof Within)) throw error
    return [{ path: ['templates'], message: `the template "${error.message}" holds itself` }]
  }
}

class Within extends Error {}
