module.exports = {
  forbidden: [
    { name: 'core', severity: 'error', from: { path: '^src/core' }, to: { path: '^src/jinja' } },
  ],
  options: { tsPreCompilationDeps: true, parser: 'swc', tsConfig: { fileName: 'tsconfig.json' } },
}
