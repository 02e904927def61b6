import type { Wish } from './use-search.ts'

const cities = [
  ['', 'Anywhere'],
  ['47.3769,8.5417', 'Zurich'],
  ['46.9480,7.4474', 'Bern'],
  ['47.5596,7.5886', 'Basel'],
  ['46.2044,6.1432', 'Geneva'],
  ['48.2082,16.3738', 'Vienna'],
  ['48.1351,11.5820', 'Munich'],
] as const

interface Props {
  readonly wish: Wish
  readonly onWish: (wish: Wish) => void
}

export function SearchForm({ wish, onWish }: Props) {
  return (
    <search>
      <form onSubmit={(event) => event.preventDefault()}>
        <label className="wide">
          What are you after?
          <input
            type="search"
            name="q"
            maxLength={100}
            placeholder="espresso, massage, popcorn"
            value={wish.text}
            onChange={(event) => onWish({ ...wish, text: event.target.value })}
          />
        </label>
        <label>
          Where?
          <select
            name="near"
            value={wish.near}
            onChange={(event) => onWish({ ...wish, near: event.target.value })}
          >
            {cities.map(([near, name]) => (
              <option key={name} value={near}>
                {name}
              </option>
            ))}
          </select>
        </label>
      </form>
    </search>
  )
}
