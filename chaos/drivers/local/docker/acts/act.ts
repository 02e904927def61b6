import type { Container } from '../container.ts'
import type { DockerRequest } from '../docker.ts'

/** What takes an act back. It may be sent twice, and to a container that is gone. */
export interface WayBack extends DockerRequest {
  readonly does: string
  /** what Docker says when nothing is left to be taken back */
  readonly doneIfSaid?: string
}

/** What is seen of an act, from the outside. */
export interface Look {
  /** the container is as the act makes it */
  readonly isOn: boolean
  /** nothing of the act is left */
  readonly isNormal: boolean
  readonly seen: string
}

/** Something that Docker can do to a container, and take back: a file each. `before` is the container before it. */
export interface ContainerAct {
  readonly does: string
  readonly undo: string
  readonly proof: string
  /** why it cannot be done to this one, or could not be taken back */
  whyNot?(before: Container): string | undefined
  requests(before: Container): readonly DockerRequest[]
  wayBack(before: Container): readonly WayBack[]
  /** `now` is another one when it was replaced under its name, and undefined when it is gone */
  look(before: Container, now: Container | undefined): Look | Promise<Look>
}

/** Of acts that end with their container. */
export const GONE: Look = { isOn: false, isNormal: true, seen: 'it is gone, and the fault with it' }

/** Whether the container that was hit is still there; else `now` is undefined, or another one of its name. */
export const isStill = (before: Container, now: Container | undefined): now is Container =>
  now?.Id === before.Id
