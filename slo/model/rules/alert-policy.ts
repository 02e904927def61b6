import type { AlertPolicy } from '../open-slo/index.ts'
import type { Place } from './place.ts'

type Entry = { readonly kind?: string; readonly metadata?: object; readonly spec?: object }

/** An object is named, or stands here with kind, metadata and spec; never both, never neither. */
export function checkEntry(
  entry: Entry,
  { ref, of, named }: { ref: string; of: string; named: string | undefined },
  place: Place,
): void {
  const parts = (['kind', 'metadata', 'spec'] as const).filter((key) => entry[key] !== undefined)
  if (named !== undefined && parts.length > 0)
    place.say([], `${ref} and ${parts[0]} are both given`, `keep ${ref}, or kind, metadata and spec`)
  else if (named === undefined && parts.length === 0)
    place.say([], `neither names an ${of} nor holds one`, `${ref}: NAME, or kind, metadata and spec`)
  else if (named === undefined)
    for (const key of ['kind', 'metadata', 'spec'] as const)
      if (entry[key] === undefined)
        place.say([], `"${key}" is missing`, `an ${of} that stands here has kind, metadata and spec`)
}

export function checkAlertPolicy({ conditions, notificationTargets }: AlertPolicy['spec'], place: Place) {
  for (const [n, one] of conditions.entries())
    checkEntry(
      one,
      { ref: 'conditionRef', of: 'AlertCondition', named: one.conditionRef },
      place.inside(['conditions', n]),
    )
  for (const [n, one] of notificationTargets.entries())
    checkEntry(
      one,
      { ref: 'targetRef', of: 'AlertNotificationTarget', named: one.targetRef },
      place.inside(['notificationTargets', n]),
    )
}
