import type { Methods } from './method.ts'
export const intMethods: Methods = new Map()
export const floatMethods: Methods = new Map()
