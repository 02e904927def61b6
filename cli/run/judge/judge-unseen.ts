import {
  count,
  type LoadSecond,
  list,
  type Measure,
  nearest,
  type PlannedObjective,
  plainText,
  type RunRecord,
} from '../../../reports/run/index.ts'

/** Names of the load that objectives ask for and the record never saw, with the nearest that it did. */
export function unseenNames(
  { load }: Pick<RunRecord, 'load'>,
  objectives: readonly PlannedObjective[],
): string[] {
  return objectives.flatMap((objective) => {
    const asked = (objective.members ?? [objective]).map(({ total }) => total)
    return asked.flatMap((measure) => unseenIn(measure, load)).map((why) => `${objective.name}: ${why}`)
  })
}

const STREAMED: readonly Measure['measure'][] = ['request', 'iteration', 'check', 'metric']

function unseenIn({ measure, name, scenario }: Measure, load: readonly LoadSecond[]): string[] {
  if (!STREAMED.includes(measure)) return []
  const seen = { names: new Set<string>(), scenarios: new Set<string>() }
  for (const { series } of load)
    for (const one of series)
      if (one.measure === measure) {
        seen.names.add(one.name)
        seen.scenarios.add(one.scenario)
      }
  return [...unseen('scenario', scenario, seen.scenarios), ...unseen(measure, name, seen.names)]
}

/** k6's own are in its file, and not read as metrics. */
const K6_OWN =
  /^(http_req(s|_\w+)|iterations|iteration_duration|dropped_iterations|group_duration|checks|vus|vus_max|data_sent|data_received)$/

/** What is measured in their place. */
function insteadOf(metric: string): string {
  if (metric.startsWith('http_req')) return '; measure: request counts requests and their time'
  if (metric.startsWith('iteration')) return '; measure: iteration counts iterations and their time'
  if (metric === 'checks') return '; measure: check counts checks, by their name'
  return ''
}

function unseen(what: string, asked: string | undefined, seen: ReadonlySet<string>): string[] {
  if (asked === undefined || seen.has(asked)) return []
  if (what === 'metric' && K6_OWN.test(asked))
    return [`"${asked}" is a metric of k6's own, which is not read${insteadOf(asked)}`]
  return [`no ${what} "${plainText(asked)}" was seen${nearestWords(asked, [...seen].sort())}`]
}

const MOST_NAMES = 6

function nearestWords(asked: string, names: readonly string[]): string {
  const close = nearest(asked, names)
  if (close.length > 0) return `; nearest: ${list(close.map(plainText))}`
  if (names.length === 0) return ', nor any other'
  const more = names.length > MOST_NAMES ? [`${count(names.length - MOST_NAMES)} more`] : []
  return `; there were ${list([...names.slice(0, MOST_NAMES).map(plainText), ...more])}`
}
