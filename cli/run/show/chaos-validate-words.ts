import { counted, plainText } from '../../../reports/run/index.ts'
import type { ChaosValidation, ValidatedChaos, ValidatedChaosFile } from './chaos-validate.ts'

/** Each file with what it holds, or with the number of its mistakes; the mistakes follow as those of every command. */
export function chaosValidationInWords({ files }: ChaosValidation): string {
  const objects = files.flatMap((one) => one.objects)
  const isRight = files.every(({ mistakes }) => mistakes.length === 0)
  const widest = Math.max(0, ...objects.map(({ kind }) => kind.length))
  const all = `${counted(files.length, 'files')}, ${counted(objects.length, 'objects')}`
  return [
    ...files.flatMap((one) => fileInWords(one, widest)),
    `${all}${isRight ? ', no mistake' : ' without a mistake'}`,
  ]
    .map(plainText)
    .join('\n')
}

function fileInWords({ file, objects, mistakes }: ValidatedChaosFile, widest: number): string[] {
  const lines = objects.flatMap((one) => objectInWords(one, widest))
  const count = mistakes.length === 0 ? [] : [counted(mistakes.length, 'mistakes')]
  return [file, ...[...lines, ...count].map((line) => `  ${line}`)]
}

function objectInWords({ kind, name, refusals }: ValidatedChaos, widest: number): string[] {
  return [
    `${kind.padEnd(widest)}  ${name}`,
    ...refusals.flatMap(({ line, why, possibleWith }) => [
      `  not on one machine, line ${line}: ${why}`,
      `    possible with: ${possibleWith}`,
    ]),
  ]
}
