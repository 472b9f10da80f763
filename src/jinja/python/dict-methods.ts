import type { Methods } from './method.ts'

export const dictMethods: Methods = new Map()
