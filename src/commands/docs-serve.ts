import { join } from 'node:path'
import { RuntimeError, UsageError } from '../core/errors.ts'
import { serveSite } from '../site/serve.ts'
import type { CommandFunction } from './command-function.ts'

/** Serves the folder target until Ctrl-C. */
export const docsServe: CommandFunction = async services => {
  const { flags, emit, files, signal } = services
  const project = await services.project()
  const directory = project.targetPath
  if (files.stat(join(directory, 'index.html')) === undefined)
    throw new RuntimeError(`There is no documentation site in ${directory}`, {
      code: 'no-site',
      hint: 'run `navo docs generate` first',
    })
  const { host, port } = flags
  if (port < 0 || port > 65_535)
    throw new UsageError(`Invalid value for '--port': ${port} is not between 0 and 65535.`)
  const { url, closed } = await serveSite({ directory, host, port, signal })
  emit({
    kind: 'note',
    level: 'info',
    name: 'ServingDocs',
    text: `Serving docs at ${url}\nTo access from your browser, navigate to: ${url}\n\nPress Ctrl+C to exit.`,
  })
  if (flags.browser) services.openBrowser(url)
  await closed
  return true
}
