import { render } from 'preact'
import { LoadError, loadProject } from './load.ts'
import { App } from './shell/app.tsx'

const Failure = ({ cause }: { cause: unknown }) => (
  <div class="failure" role="alert">
    <h1>{cause instanceof Error ? cause.message : String(cause)}</h1>
    {cause instanceof LoadError && <p>{cause.hint}</p>}
  </div>
)

const root = document.getElementById('app')

const start = async (host: HTMLElement): Promise<void> => {
  try {
    const project = await loadProject()
    host.textContent = ''
    render(<App project={project} />, host)
  } catch (cause) {
    host.textContent = ''
    render(<Failure cause={cause} />, host)
  }
}

if (root) void start(root)
