export { type Leaf, leafOf } from './leaf.ts'
export { lookAtMachine } from './look-at-machine.ts'
export { type Qdisc, readQdiscs } from './qdiscs.ts'
export { ShapedDevice } from './shaped-device.ts'
