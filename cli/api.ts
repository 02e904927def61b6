export { defineConfig, type GauntletConfig } from './config/config.ts'
export { defineExperiment } from './config/define-experiment.ts'
