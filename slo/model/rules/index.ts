import type { Complaint, YamlDocument } from '../../../reports/run/index.ts'
import type { OpenSlo } from '../open-slo/index.ts'
import { checkAlertPolicy } from './alert-policy.ts'
import { embeddedIn } from './embedded.ts'
import { checkHead } from './head.ts'
import { placeIn } from './place.ts'
import { checkSli } from './sli.ts'
import { checkSlo } from './slo.ts'

export { inReadingOrder, valueAt } from './place.ts'
export { mistakesInPromise } from './promise.ts'

/** What a schema cannot say: mistakes of one object whose shape is right, and of those inside it. */
export function mistakesIn(object: OpenSlo, document: YamlDocument): Complaint[] {
  const whole = placeIn(document, object)
  for (const embedded of embeddedIn(object)) {
    const place = whole.inside(embedded.at)
    checkHead(embedded, place)
    if (embedded.kind === 'SLO') checkSlo(embedded.spec, place.inside(['spec']))
    if (embedded.kind === 'SLI') checkSli(embedded.spec, place.inside(['spec']))
    if (embedded.kind === 'AlertPolicy') checkAlertPolicy(embedded.spec, place.inside(['spec']))
  }
  return whole.complaints
}
