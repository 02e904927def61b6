/**
 * Renames, in emitted JavaScript, each string that ends in the name of a file which was compiled with it:
 * `'../entries/guardian.ts'` becomes `'../entries/guardian.js'`. Journeys and users' own files keep their names.
 */
export function namesOfCompiled(text: string, compiled: ReadonlySet<string>): string {
  return text.replaceAll(/(['"`])([^'"`\s]*?)([\w.-]+)\.ts\1/g, (whole, quote, folder, name) =>
    compiled.has(name) ? `${quote}${folder}${name}.js${quote}` : whole,
  )
}
