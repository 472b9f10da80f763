import type { Methods } from './method.ts'

export const stringMethods: Methods = new Map()
