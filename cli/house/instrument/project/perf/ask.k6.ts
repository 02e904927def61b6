import exec from 'k6/execution'
import http from 'k6/http'

/** Numbered, so that the clerk's own record tells the tick at which each was due: nothing is dropped here. */
export default function ask(): void {
  const url = `${__ENV['GAUNTLET_URL_DESK']}/${exec.scenario.iterationInTest}`
  http.get(url, { tags: { name: 'ask' }, timeout: __ENV['PATIENCE'] ?? '10s' })
}
