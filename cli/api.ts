/** What a project imports from `gauntlet`. */
export { Type } from 'typebox'
export { defineFault, defineProbe, faultByRequest } from '../chaos/index.ts'
export { defineRenderer } from '../reports/render/index.ts'
export { defineSource } from '../slo/sources/ask-source.ts'
export { defineConfig, type GauntletConfig } from './config/config.ts'
export { defineExperiment } from './config/define-experiment.ts'
