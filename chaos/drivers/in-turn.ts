export type InTurn = <Result>(task: () => Promise<Result>) => Promise<Result>

/** Runs tasks one after the other, in the order in which they are given; one that fails does not keep back the next. */
export function inTurn(): InTurn {
  let settled: Promise<unknown> = Promise.resolve()
  return (task) => {
    const done = settled.then(task)
    settled = done.catch(() => {})
    return done
  }
}
