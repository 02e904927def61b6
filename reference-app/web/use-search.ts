import { useEffect, useState } from 'react'
import type { Coupon } from './coupon.ts'

export interface Wish {
  readonly text: string
  /** `latitude,longitude`, or empty for anywhere. */
  readonly near: string
}

export type SearchState =
  | { readonly kind: 'searching' }
  | { readonly kind: 'found'; readonly coupons: readonly Coupon[] }
  | { readonly kind: 'failed' }

/** Waits this long after a keystroke, in ms, so that a word is searched for and not its letters. */
const typingPauseMs = 200

/** What the marketplace has for this wish. An older answer never replaces a newer one. */
export function useSearch({ text, near }: Wish): SearchState {
  const [state, setState] = useState<SearchState>({ kind: 'searching' })
  useEffect(() => {
    const abandoned = new AbortController()
    const pauseMs = text === '' ? 0 : typingPauseMs
    const timer = setTimeout(() => void find({ text, near }, abandoned.signal).then(show), pauseMs)
    const show = (found: SearchState) => {
      if (!abandoned.signal.aborted) setState(found)
    }
    setState({ kind: 'searching' })
    return () => {
      clearTimeout(timer)
      abandoned.abort()
    }
  }, [text, near])
  return state
}

async function find({ text, near }: Wish, signal: AbortSignal): Promise<SearchState> {
  const query = new URLSearchParams({ q: text, limit: '12' })
  if (near !== '') query.set('near', near)
  try {
    const answer = await fetch(`/api/search?${query}`, { signal })
    if (!answer.ok) return { kind: 'failed' }
    const { items }: { items: Coupon[] } = await answer.json()
    return { kind: 'found', coupons: items }
  } catch {
    return { kind: 'failed' }
  }
}
