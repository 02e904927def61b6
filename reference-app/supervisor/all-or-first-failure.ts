/** Waits for all, so that a failure of one leaves nothing running behind; then throws the first failure. */
export async function allOrFirstFailure<First, Second>(work: readonly [Promise<First>, Promise<Second>]) {
  await Promise.allSettled(work)
  return Promise.all(work)
}
