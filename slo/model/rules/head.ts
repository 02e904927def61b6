import { nearestHint } from '../../../reports/run/index.ts'
import { ANNOTATIONS, WORDS } from '../annotations.ts'
import type { Embedded } from './embedded.ts'
import type { Place } from './place.ts'

const DESCRIPTION_AT_MOST = 1050
/** Kubernetes' rules for keys, which OpenSLO repeats. */
const KEY = /^[a-zA-Z0-9]([-._a-zA-Z0-9]{0,61}[a-zA-Z0-9])?$/
const PREFIX = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*$/
const KEY_HINT = 'letters and digits with - _ . between them, at most 63'

/** What all kinds share: metadata and a description. */
export function checkHead({ kind, metadata, spec }: Embedded, place: Place): void {
  const length = [...(spec?.description ?? '')].length
  if (length > DESCRIPTION_AT_MOST)
    place.say(
      ['spec', 'description'],
      `the description has ${length} characters`,
      `at most ${DESCRIPTION_AT_MOST}`,
      'key',
    )
  for (const key of Object.keys(metadata.labels ?? {}))
    if (!KEY.test(key))
      place.say(['metadata', 'labels', key], `"${key}" is not a key of a label`, KEY_HINT, 'key')
  for (const [key, value] of Object.entries(metadata.annotations ?? {})) checkAnnotation(key, value)

  function checkAnnotation(key: string, value: string): void {
    const path = ['metadata', 'annotations', key]
    if (!isAnnotationKey(key))
      place.say(
        path,
        `"${key}" is not a key of an annotation`,
        `NAME or DOMAIN/NAME: the name of ${KEY_HINT}`,
        'key',
      )
    else if (key.startsWith('gauntlet/')) checkOurs(key, value)
  }

  function checkOurs(key: string, value: string): void {
    const path = ['metadata', 'annotations', key]
    const words = WORDS[key]
    if (!ANNOTATIONS.includes(key))
      place.say(path, `unknown annotation "${key}"`, nearestHint(key, ANNOTATIONS), 'key')
    else if (kind !== 'SLO')
      place.say(path, `"${key}" has no meaning here`, 'it belongs to the metadata of an SLO', 'key')
    else if (words !== undefined && !words.includes(value))
      place.say(path, `unknown ${key.slice('gauntlet/'.length)} "${value}"`, nearestHint(value, words))
  }
}

function isAnnotationKey(key: string): boolean {
  const slash = key.indexOf('/')
  return KEY.test(key.slice(slash + 1)) && (slash === -1 || PREFIX.test(key.slice(0, slash)))
}
