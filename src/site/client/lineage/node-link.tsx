import type { Resource } from '../data/resource.ts'
import { resourceHref } from '../data/route.ts'
import { KindIcon } from '../parts/icons.tsx'
import type { Side } from './highlight.ts'
import type { Box } from './layout.ts'

interface Props {
  readonly node: Resource
  readonly box: Box
  readonly side: Side | 'none'
  readonly focused: boolean
  onSelect(): void
  onOpen(): void
}

/** One node of the drawing: a link that a plain click selects and a double-click follows. */
export const NodeLink = ({ node, box, side, focused, onSelect, onOpen }: Props) => {
  const classes = ['node', `kind-${node.kind.replaceAll('_', '-')}`, side]
  if (focused) classes.push('focus')
  if (node.hidden) classes.push('is-hidden')
  const style = {
    transform: `translate(${box.x}px, ${box.y}px)`,
    width: `${box.width}px`,
    height: `${box.height}px`,
    ...(node.color === undefined ? {} : { '--node': node.color }),
  }
  const onClick = (event: MouseEvent): void => {
    // With a modifier the link behaves as a link: a new tab, a new window.
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    onSelect()
  }
  return (
    <a
      class={classes.join(' ')}
      href={resourceHref(node)}
      style={style}
      data-id={node.id}
      data-side={side}
      title={node.hidden ? `${node.label} (hidden from the docs)` : node.label}
      tabIndex={-1}
      draggable={false}
      onClick={onClick}
      onDblClick={onOpen}
    >
      <KindIcon kind={node.kind} />
      <span>{node.label}</span>
    </a>
  )
}
