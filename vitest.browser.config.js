import { defineConfig } from 'vitest/config'
import { countingReporter } from './tests/browser/counting-reporter.js'

// biome-ignore lint/style/noDefaultExport: vitest reads its configuration from the default export
export default defineConfig({
  test: {
    include: ['tests/browser/**/*.browser.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // One browser at a time: the tests of speed are about the page, not about the machine.
    fileParallelism: false,
    reporters: ['verbose', countingReporter()],
  },
})
