import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { resourceHref } from '../data/route.ts'
import { openRows, pathTo, type Row, type TreeNode } from '../data/tree.ts'
import { Icon, KindIcon } from '../parts/icons.tsx'

interface Props {
  readonly nodes: readonly TreeNode[]
  readonly current: string | undefined
  readonly label: string
}

/** What is open at first: branches with one way down, and the few first ones of a small project. */
const firstOpen = (nodes: readonly TreeNode[]): ReadonlySet<string> => {
  const open = new Set<string>()
  const visit = (level: readonly TreeNode[], depth: number): void => {
    for (const node of level) {
      if (node.type === 'leaf') continue
      const onlyWay = level.length === 1 && node.children[0]?.type === 'branch'
      if (depth === 0 || node.count <= 12 || onlyWay) {
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

/** A tree with the usual keys: up and down move, right opens, left closes or goes up. */
export const TreeView = ({ nodes, current, label }: Props) => {
  const host = useRef<HTMLDivElement>(null)
  const [open, setOpen] = useState<ReadonlySet<string>>(() => firstOpen(nodes))
  const [focused, setFocused] = useState<string | undefined>()
  const rows = useMemo(() => openRows(nodes, open), [nodes, open])
  const keys = rows.map(row => row.node.key)
  const stop = focused !== undefined && keys.includes(focused) ? focused : (current ?? keys[0])
  const entry = stop !== undefined && keys.includes(stop) ? stop : keys[0]

  useEffect(() => setOpen(firstOpen(nodes)), [nodes])
  useEffect(() => {
    if (current === undefined) return
    const path = pathTo(nodes, current)
    setOpen(before => new Set([...before, ...path.slice(0, -1)]))
  }, [nodes, current])
  useEffect(() => {
    host.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
  }, [current])

  const setBranch = (key: string, isOpen: boolean): void =>
    setOpen(before => {
      const next = new Set(before)
      if (isOpen) next.add(key)
      else next.delete(key)
      return next
    })
  const focusRow = (at: number): void => {
    const rowsNow = host.current?.querySelectorAll<HTMLElement>('[role=treeitem]')
    rowsNow?.[Math.max(0, Math.min(rows.length - 1, at))]?.focus()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const at = focused === undefined ? -1 : keys.indexOf(focused)
    const row = rows[at]
    if (!row) return
    const isBranch = row.node.type === 'branch'
    const isOpen = open.has(row.node.key)
    if (event.key === 'ArrowDown') focusRow(at + 1)
    else if (event.key === 'ArrowUp') focusRow(at - 1)
    else if (event.key === 'Home') focusRow(0)
    else if (event.key === 'End') focusRow(rows.length - 1)
    else if (event.key === 'ArrowRight' && isBranch) {
      if (isOpen) focusRow(at + 1)
      else setBranch(row.node.key, true)
    } else if (event.key === 'ArrowLeft') {
      if (isBranch && isOpen) setBranch(row.node.key, false)
      else if (row.parent !== undefined) focusRow(keys.indexOf(row.parent))
    } else return
    event.preventDefault()
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
