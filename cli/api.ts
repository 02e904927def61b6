export { defineConfig, type GauntletConfig } from './config/config.ts'
