#!/usr/bin/env node
import module from 'node:module'

// DuckDB's driver runs each query on a thread of libuv's pool: four would hold back --threads 8.
process.env.UV_THREADPOOL_SIZE ??= '64'

// Node 22 and later keep compiled code between runs.
module.enableCompileCache?.()
await import('../dist/navo.js')
