import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { resourceHref } from '../data/route.ts'
import { openRows, pathTo, type Row, type TreeNode } from '../data/tree.ts'
import { Icon, KindIcon } from '../parts/icons.tsx'

interface Props {
  readonly nodes: readonly TreeNode[]
  readonly current: string | undefined
  readonly label: string
}

/** What is open at first: the project with its models, what is small, and what has one way down. */
const firstOpen = (nodes: readonly TreeNode[]): ReadonlySet<string> => {
  const open = new Set<string>()
  const models = nodes[0]?.type === 'branch' ? nodes[0].children[0] : undefined
  const visit = (level: readonly TreeNode[], depth: number): void => {
    for (const node of level) {
      if (node.type === 'leaf') continue
      const onlyWay = level.length === 1 && node.children[0]?.type === 'branch'
      if (depth === 0 || node === models || node.count <= 12 || onlyWay) {
        open.add(node.key)
        if (depth < 3) visit(node.children, depth + 1)
      }
    }
  }
  visit(nodes.slice(0, 3), 0)
  return open
}

interface RowProps {
  readonly row: Row
  readonly open: boolean
  readonly current: boolean
  readonly focusable: boolean
  onToggle(): void
  onFocus(): void
}

const TreeRow = ({ row, open, current, focusable, onToggle, onFocus }: RowProps) => {
  const { node, depth } = row
  const common = {
    role: 'treeitem' as const,
    'aria-level': depth + 1,
    tabIndex: focusable ? 0 : -1,
    'data-key': node.key,
    onFocus,
    style: { '--depth': String(depth) },
  }
  if (node.type === 'branch') {
    return (
      <button
        {...common}
        type="button"
        class="tree-row branch"
        aria-expanded={open}
        onClick={onToggle}
      >
        <Icon name="chevron" />
        <span class="tree-label">{node.label}</span>
        <span class="count">{node.count}</span>
      </button>
    )
  }
  return (
    <a
      {...common}
      class="tree-row leaf"
      href={resourceHref(node)}
      title={node.label}
      aria-current={current ? 'page' : undefined}
    >
      <KindIcon kind={node.kind} />
      <span class="tree-label">{node.label}</span>
    </a>
  )
}

/** Which branches are open: at first some, then those above the current page, and as one likes. */
const useOpenBranches = (nodes: readonly TreeNode[], current: string | undefined) => {
  const [open, setOpen] = useState<ReadonlySet<string>>(() => firstOpen(nodes))
  useEffect(() => setOpen(firstOpen(nodes)), [nodes])
  useEffect(() => {
    if (current === undefined) return
    const path = pathTo(nodes, current)
    setOpen(before => new Set([...before, ...path.slice(0, -1)]))
  }, [nodes, current])
  const setBranch = (key: string, isOpen: boolean): void =>
    setOpen(before => {
      const next = new Set(before)
      if (isOpen) next.add(key)
      else next.delete(key)
      return next
    })
  return { open, setBranch }
}

interface KeyActions {
  readonly rows: readonly Row[]
  readonly at: number
  readonly open: ReadonlySet<string>
  focusRow(at: number): void
  setBranch(key: string, isOpen: boolean): void
}

/** The usual keys of a tree; false for any other. */
const onTreeKey = (key: string, { rows, at, open, focusRow, setBranch }: KeyActions): boolean => {
  const row = rows[at]
  if (!row) return false
  const isBranch = row.node.type === 'branch'
  const isOpen = open.has(row.node.key)
  if (key === 'ArrowDown') focusRow(at + 1)
  else if (key === 'ArrowUp') focusRow(at - 1)
  else if (key === 'Home') focusRow(0)
  else if (key === 'End') focusRow(rows.length - 1)
  else if (key === 'ArrowRight' && isBranch) {
    if (isOpen) focusRow(at + 1)
    else setBranch(row.node.key, true)
  } else if (key === 'ArrowLeft') {
    if (isBranch && isOpen) setBranch(row.node.key, false)
    else if (row.parent !== undefined) {
      focusRow(rows.findIndex(other => other.node.key === row.parent))
    }
  } else return false
  return true
}

/** A tree with the usual keys: up and down move, right opens, left closes or goes up. */
export const TreeView = ({ nodes, current, label }: Props) => {
  const host = useRef<HTMLDivElement>(null)
  const { open, setBranch } = useOpenBranches(nodes, current)
  const [focused, setFocused] = useState<string | undefined>()
  const rows = useMemo(() => openRows(nodes, open), [nodes, open])
  const keys = rows.map(row => row.node.key)
  // One row takes the Tab key: the one last visited, else the page's own, else the first.
  const entry = [focused, current].find(key => key !== undefined && keys.includes(key)) ?? keys[0]
  useEffect(() => {
    host.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
  }, [current])
  const focusRow = (at: number): void => {
    const elements = host.current?.querySelectorAll<HTMLElement>('[role=treeitem]')
    elements?.[Math.max(0, Math.min(rows.length - 1, at))]?.focus()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const at = focused === undefined ? -1 : keys.indexOf(focused)
    if (onTreeKey(event.key, { rows, at, open, focusRow, setBranch })) event.preventDefault()
  }
  return (
    <div ref={host} class="tree" role="tree" aria-label={label} onKeyDown={onKeyDown}>
      {rows.map(row => (
        <TreeRow
          key={row.node.key}
          row={row}
          open={open.has(row.node.key)}
          current={row.node.type === 'leaf' && row.node.id === current}
          focusable={row.node.key === entry}
          onToggle={() => setBranch(row.node.key, !open.has(row.node.key))}
          onFocus={() => setFocused(row.node.key)}
        />
      ))}
    </div>
  )
}
