/** Processes of ours that carry faults, and end with the guardian that started them. */
export type CarrierName = 'proxy' | 'resolver' | 'stress'

export interface Carriers {
  /** the address of its HTTP interface; started when it is first asked for, and harmless at first */
  carrier(name: CarrierName): Promise<string>
}
