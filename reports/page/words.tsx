/** A figure with its unit, or an interval such as `(352–385)`. */
const WHOLE = /(\([\d.,]+–[\d.,]+\)|[\d.,]+ (?:%|×|ms|s|min|h|d|[KMGT]iB|B)(?!\w))/

/** A text in which no figure is parted from its unit over two lines. */
export function Words({ children }: { children: string }) {
  return (
    <>
      {children.split(WHOLE).map((piece, index) =>
        index % 2 === 0 ? (
          piece
        ) : (
          <span key={index} class="nowrap">
            {piece}
          </span>
        ),
      )}
    </>
  )
}
