import type { Complaint, YamlDocument, YamlPath } from '../../../reports/run/index.ts'

/** What is wrong in a document of the right shape. */
export interface Finding {
  readonly path: YamlPath
  readonly message: string
  readonly hint?: string
}

export function below(findings: readonly Finding[], path: YamlPath): Finding[] {
  return findings.map((one) => ({ ...one, path: [...path, ...one.path] }))
}

export function toComplaint({ path, message, hint }: Finding, document: YamlDocument): Complaint {
  return document.complaint(path, message, { hint })
}
