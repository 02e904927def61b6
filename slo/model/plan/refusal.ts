/** Why an SLO that is right as it stands cannot be judged here, or not as a plan asks it. */
export interface Refusal {
  /** `its numbers come from Datadog`: what the SLO's name is put before */
  readonly why: string
  readonly hint: string
  /** what in the plan's entry is at fault; left out: the SLO */
  readonly of?: 'as' | 'target' | 'within' | 'value' | undefined
}
