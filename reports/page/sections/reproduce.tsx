import type { Reproduce as Commands } from '../page-data.ts'
import { Section } from './section.tsx'

export function Reproduce({ commands }: { commands: Commands }) {
  return (
    <Section id="reproduce" title="Reproduce">
      <div class="columns">
        <div>
          <Command text={commands.run} />
          <p class="aside">Judge this record again, without running anything:</p>
          <Command text={commands.judge} />
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

function Command({ text }: { text: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <pre class="command" tabIndex={0}>
      {text}
    </pre>
  )
}
