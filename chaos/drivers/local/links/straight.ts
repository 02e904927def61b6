import { type Control, GauntletError, type TargetLink } from '../../../../reports/run/index.ts'

/** What is dialled when nobody leads the link elsewhere. */
export const straightOf = ({ straight, upstream }: TargetLink): string => straight ?? upstream

/** Where the link is led instead of straight; undefined when it goes straight. */
export async function ledTo({ name }: TargetLink, control: Control): Promise<string | undefined> {
  const { links } = await control.describe()
  const link = links.find((one) => one.name === name)
  if (link === undefined) return 'nowhere that the target describes'
  return link.listen === straightOf(link) ? undefined : link.listen
}

/** Throws when somebody else leads it elsewhere: our way back would lead it straight. */
export async function refuseLed(link: TargetLink, control: Control): Promise<void> {
  const led = await ledTo(link, control)
  if (led === undefined) return
  throw new GauntletError(
    'LINK_IS_LED',
    `${link.name} goes to ${led} already, and gauntlet would lead it straight`,
    {
      hint: 'lead it straight first; what an earlier run left goes with: gauntlet chaos recover',
      exit: 'machinery',
    },
  )
}
