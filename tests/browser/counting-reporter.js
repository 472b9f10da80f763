/**
 * A vitest reporter whose last line is `N passed, N failed`, for whoever reads the end of a log.
 * A file that could not be run counts as one failure.
 *
 * @returns {import('vitest/reporters').Reporter}
 */
export const countingReporter = () => ({
  onTestRunEnd(modules, errors) {
    let passed = 0
    let failed = errors.length
    for (const module of modules) {
      const tests = [...module.children.allTests()]
      const broken = tests.filter(test => test.result().state === 'failed').length
      passed += tests.filter(test => test.result().state === 'passed').length
      failed += module.state() === 'failed' && broken === 0 ? 1 : broken
    }
    // The other reporter prints its own summary in the same turn.
    setImmediate(() => process.stdout.write(`\n${passed} passed, ${failed} failed\n`))
  },
})
