/** `order-worker (pid 4711)` */
export const named = ({ name, pid }: { readonly name: string; readonly pid?: number }): string =>
  `${name} (pid ${pid})`
