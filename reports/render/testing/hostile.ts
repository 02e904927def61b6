import type { Example } from './index.ts'

/** A name from outside that tries everything: end the script, run, take the terminal over, break the table. */
export const HOSTILE = `</script><img src=x onerror="globalThis.hacked=1">\u001b[31m"'&|\`@all\n\u202e]]>`

/** The example with that name wherever a run may hold words of others. */
export function withHostileNames({ record, verdict }: Example): Example {
  const { run, plan } = record
  return {
    record: {
      ...record,
      run: {
        ...run,
        switches: [HOSTILE],
        machine: { ...run.machine, system: HOSTILE },
        target: { ...run.target, version: HOSTILE },
      },
      plan: {
        ...plan,
        title: HOSTILE,
        audits: plan.audits.map((audit) => ({ ...audit, title: HOSTILE })),
        experiments: plan.experiments.map((one) => ({
          ...one,
          does: HOSTILE,
          undo: HOSTILE,
          proof: HOSTILE,
        })),
      },
      audits: record.audits.map((visit) => ({
        ...visit,
        metrics: { ...visit.metrics, [HOSTILE]: 1 },
        error: visit.visit === 1 ? HOSTILE : null,
      })),
    },
    verdict: {
      ...verdict,
      why: HOSTILE,
      objectives: verdict.objectives.map((objective) => ({
        ...objective,
        ...{ title: HOSTILE, promised: HOSTILE, noun: HOSTILE, why: HOSTILE },
        ids: [{ id: HOSTILE, what: HOSTILE }],
      })),
      faults: verdict.faults.map((fault) => ({
        ...fault,
        ...{ does: HOSTILE, victims: [HOSTILE], seen: [{ when: HOSTILE, what: HOSTILE }] },
      })),
      findings: [{ kind: 'stream-gap', taints: { scope: 'run' }, why: HOSTILE, hint: HOSTILE }],
      residue: [HOSTILE],
    },
  }
}
