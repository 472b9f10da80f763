import { type NavoError, RuntimeError } from '../core/errors.ts'
import type { NodeResult } from '../core/result.ts'

/** The error of the first node that failed: `compile` and `show` stop with it, as in dbt. */
export const firstFailure = (results: readonly NodeResult[]): NavoError | undefined => {
  const failed = results.find(result => result.status === 'error')
  if (failed === undefined) return undefined
  return failed.error ?? new RuntimeError(failed.message ?? 'failed', { code: 'node-failed' })
}
