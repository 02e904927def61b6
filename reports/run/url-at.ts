/** The URL of a path below an address that may have a path itself: `http://h/app` and `/health` is `http://h/app/health`. */
export function urlAt(address: string, path: string): string {
  return new URL(address.replace(/\/$/, '') + path).href
}
