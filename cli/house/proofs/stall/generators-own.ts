import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Compile } from 'typebox/compile'
import { LoadSecond } from '../../../../reports/run/index.ts'
import { Sketch } from '../../../../reports/sketch/index.ts'

const isLoadSecond = Compile(LoadSecond)

/** What k6 itself would show of a run's requests: only those that were made, each from its actual start. */
export function generatorsOwnMs(folder: string, fromSecond: number, quantile: number): number {
  const sketch = new Sketch()
  const lines = readFileSync(join(folder, 'evidence/load.ndjson'), 'utf8').trim().split('\n')
  for (const line of lines.map((text): unknown => JSON.parse(text))) {
    if (!isLoadSecond.Check(line) || line.second < fromSecond) continue
    for (const { measure, sketch: corrected, uncorrected } of line.series)
      if (measure === 'request') sketch.merge(Sketch.decode(uncorrected ?? corrected))
  }
  return sketch.quantile(quantile) ?? 0
}
