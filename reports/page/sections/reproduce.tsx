import type { Reproduce as Commands } from '../page-data.ts'
import { Section } from './section.tsx'

export function Reproduce({ commands }: { commands: Commands }) {
  return (
    <Section id="reproduce" title="Reproduce">
      <div class="columns">
        <div>
          <pre class="command">{commands.run}</pre>
          {commands.judge !== undefined && (
            <>
              <p class="aside">Judge this record again, without running anything:</p>
              <pre class="command">{commands.judge}</pre>
            </>
          )}
        </div>
        <dl class="pairs">
          {commands.facts.map(([name, words]) => [
            <dt key={name}>{name}</dt>,
            <dd key={`${name} is`}>{words}</dd>,
          ])}
        </dl>
      </div>
    </Section>
  )
}
