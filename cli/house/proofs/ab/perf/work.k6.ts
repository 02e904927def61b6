import http from 'k6/http'

export default function work(): void {
  http.get(`${__ENV['GAUNTLET_URL_FRONT']}/`, { tags: { name: 'work' }, timeout: '1s' })
}
