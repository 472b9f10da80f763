import { cpSync, existsSync, rmSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { catalogJson } from '../artifacts/catalog.ts'
import { writeArtifact } from '../artifacts/write.ts'
import { siteFiles, staticSite } from '../site/site-files.ts'
import type { CommandFunction } from './command-function.ts'
import { criteriaOf } from './criteria.ts'
import { loadProject } from './load-project.ts'
import { runNodes } from './run-nodes.ts'
import { artifactContext, artifactPath } from './save-artifacts.ts'
import type { Loaded, ProjectInfo, Services } from './services.ts'

/**
 * Writes catalog.json and the site, and manifest.json too unless --no-compile. A model that does
 * not compile stops it with exit code 1.
 */
export const docsGenerate: CommandFunction = async services => {
  const { flags, emit } = services
  const loaded = await loadProject(services)
  if (flags.compile) {
    const outcome = await runNodes(services, loaded, { which: 'compile' })
    if (outcome.cancelled) return false
    if (outcome.results.some(result => result.status === 'error')) {
      emit({
        kind: 'note',
        level: 'error',
        name: 'CannotGenerateDocs',
        text: 'compile failed, cannot generate docs',
      })
      return false
    }
  }
  const catalogPath = artifactPath(loaded, 'catalog.json')
  const pieces = await catalog(services, loaded)
  writeArtifact(catalogPath, pieces)
  copyAssets(loaded.project)
  writeSite(services, loaded)
  emit({
    kind: 'note',
    level: 'info',
    name: 'CatalogWritten',
    text: `Catalog written to ${resolve(catalogPath)}`,
  })
  return true
}

const catalog = async (services: Services, loaded: Loaded): Promise<Iterable<string>> => {
  const { flags, emit } = services
  const context = artifactContext(services)
  if (flags.empty_catalog) return catalogJson([], loaded.manifest, undefined, context)
  emit({ kind: 'note', level: 'info', name: 'BuildingCatalog', text: 'Building catalog' })
  const tables = await services.catalog(loaded)
  return catalogJson(tables, loaded.manifest, await selectedIds(services, loaded), context)
}

/** With a selection, the catalog holds selected nodes and sources only. */
const selectedIds = async (
  services: Services,
  loaded: Loaded,
): Promise<ReadonlySet<string> | undefined> => {
  const { select, exclude, selector } = services.flags
  if (select.length === 0 && exclude.length === 0 && selector === null) return undefined
  const criteria = criteriaOf(services)
  const resourceTypes = [...criteria.resourceTypes, 'source']
  return new Set(await services.select(loaded, { ...criteria, resourceTypes }))
}

/** The page reads both artifacts beside it; with --static they are in the page as well. */
const writeSite = ({ flags, files }: Services, loaded: Loaded): void => {
  for (const { path, content } of siteFiles()) writeArtifact(artifactPath(loaded, path), [content])
  if (!flags.static) return
  const manifest = files.readText(artifactPath(loaded, 'manifest.json')) ?? '{}'
  const catalog = files.readText(artifactPath(loaded, 'catalog.json'))
  writeArtifact(artifactPath(loaded, 'static_index.html'), [staticSite(manifest, catalog)])
}

/** Folders of pictures that descriptions show; they keep their path, under target. */
const copyAssets = (project: ProjectInfo): void => {
  for (const path of project.assetPaths) {
    const within = relative(project.directory, path)
    // A path that leaves the project would be copied to outside of target.
    if (within.startsWith('..')) continue
    const to = join(project.targetPath, within)
    rmSync(to, { recursive: true, force: true })
    if (existsSync(path)) cpSync(path, to, { recursive: true })
  }
}
