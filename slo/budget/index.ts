export { type BudgetRequest, budgetReport } from './budget-report.ts'
export { type FaultRate, type FaultRates, parseFaultRates, parseTimes } from './fault-rates.ts'
export { parseWindow } from './window.ts'
