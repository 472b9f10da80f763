export type { Emit, NavoEvent, NodeInfo } from '../core/events.ts'
export type { Manifest } from '../core/manifest.ts'
export type { NodeResult, NodeStatus } from '../core/result.ts'
export { type InvokeOptions, invoke } from './invoke.ts'
