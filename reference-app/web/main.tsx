import { StrictMode, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { Results } from './results.tsx'
import { SearchForm } from './search-form.tsx'
import { useSearch, type Wish } from './use-search.ts'

function App() {
  const [wish, setWish] = useState<Wish>({ text: '', near: '' })
  const state = useSearch(wish)
  return (
    <>
      <SearchForm wish={wish} onWish={setWish} />
      <Results state={state} />
    </>
  )
}

const place = document.getElementById('app')
if (place === null) throw new Error('the page has no #app')
createRoot(place).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
