import { type Coupon, formatPlace, formatPrice } from './coupon.ts'
import type { SearchState } from './use-search.ts'

/** The state of the search in words, and what was found. Screen readers hear the words as they change. */
export function Results({ state }: { readonly state: SearchState }) {
  const coupons = state.kind === 'found' ? state.coupons : []
  return (
    <section aria-label="Results" aria-busy={state.kind === 'searching'}>
      <p className={`status ${state.kind}`} role="status">
        {sayState(state)}
      </p>
      <ul className="results">
        {coupons.map((coupon) => (
          <CouponCard key={coupon.id} coupon={coupon} />
        ))}
      </ul>
    </section>
  )
}

function CouponCard({ coupon }: { readonly coupon: Coupon }) {
  return (
    <li className="coupon">
      {coupon.featured && <span className="badge">Featured</span>}
      <h2>{coupon.title}</h2>
      <p>{formatPlace(coupon)}</p>
      <p className="price">{formatPrice(coupon)}</p>
    </li>
  )
}

function sayState(state: SearchState): string {
  switch (state.kind) {
    case 'searching':
      return 'Searching …'
    case 'failed':
      return 'The search does not answer right now. Please try again in a moment.'
    case 'found':
      return state.coupons.length === 0
        ? 'Nothing found. Try another word, or another place.'
        : `${state.coupons.length} coupons, featured ones first`
    default:
      return state satisfies never
  }
}
