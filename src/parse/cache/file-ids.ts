import { join } from 'node:path'
import type { Manifest } from '../../core/manifest.ts'
import { stem } from '../resource-paths.ts'

/**
 * Unique ids of the nodes that a file of SQL holds, by the file's absolute path; only files whose
 * name alone does not say: versions of models, snapshots.
 * @param roots absolute directories of the packages by name
 */
export const unusualIds = (
  { nodes }: Manifest,
  roots: ReadonlyMap<string, string>,
): Readonly<Record<string, readonly string[]>> => {
  const ids = new Map<string, string[]>()
  for (const node of nodes.values()) {
    const { resource_type: type, package_name: packageName, original_file_path: path } = node
    if (type !== 'model' && type !== 'snapshot') continue
    if (type === 'model' && node.unique_id === `model.${packageName}.${stem(path)}`) continue
    const file = join(roots.get(packageName) ?? '', path)
    const known = ids.get(file)
    if (known) known.push(node.unique_id)
    else ids.set(file, [node.unique_id])
  }
  return Object.fromEntries(ids)
}
