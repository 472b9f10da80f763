import type { Services } from './services.ts'

/**
 * A command: true when all went well (exit code 0), false when something failed (1). What keeps it
 * from running at all is thrown (2).
 */
export type CommandFunction = (services: Services) => Promise<boolean>
