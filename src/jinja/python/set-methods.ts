import type { Methods } from './method.ts'

export const setMethods: Methods = new Map()
