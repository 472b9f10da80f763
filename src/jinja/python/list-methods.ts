import type { Methods } from './method.ts'
export const listMethods: Methods = new Map()
export const tupleMethods: Methods = new Map()
