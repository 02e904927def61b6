import type { YamlDocument, YamlPath } from './yaml.ts'

/**
 * A value that was written in TypeScript, to be read as the document of a YAML file is. Where it stands in the file is
 * not known, so a complaint begins with the path of what is wrong: `spec.method[0].for: …`.
 */
export function valueDocument(value: unknown, file: string): YamlDocument {
  return {
    file,
    value,
    text: (path) => {
      const found = path.reduce(inside, value)
      return typeof found === 'object' || found === undefined ? undefined : String(found)
    },
    complaint: (path, message, { hint } = {}) => {
      const at = path.length === 0 ? '' : `${dotted(path)}: `
      const place = { file, line: 1, column: 1 }
      return { ...place, message: `${at}${message}`, ...(hint === undefined ? {} : { hint }) }
    },
  }
}

function inside(value: unknown, part: string | number): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return Object.entries(value).find(([key]) => key === String(part))?.[1]
}

const dotted = (path: YamlPath): string =>
  path
    .map((part) => (/^\d+$/.test(String(part)) ? `[${part}]` : `.${part}`))
    .join('')
    .replace(/^\./, '')
