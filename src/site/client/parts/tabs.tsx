import type { ComponentChildren } from 'preact'
import { useId, useState } from 'preact/hooks'

export interface Tab {
  readonly name: string
  readonly content: ComponentChildren
  readonly aside?: ComponentChildren
}

/** Tabs with arrow-key movement; `aside` stands right of the tab's row. */
export const Tabs = ({ tabs, label }: { tabs: readonly Tab[]; label: string }) => {
  const id = useId()
  const [chosen, setChosen] = useState(0)
  const at = Math.min(chosen, tabs.length - 1)
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (step === 0) return
    const next = (at + step + tabs.length) % tabs.length
    setChosen(next)
    document.getElementById(`${id}-${next}`)?.focus()
    event.preventDefault()
  }
  return (
    <div class="tabs">
      <div class="tab-row">
        <div role="tablist" aria-label={label}>
          {tabs.map((tab, index) => (
            <button
              key={tab.name}
              type="button"
              role="tab"
              id={`${id}-${index}`}
              aria-selected={index === at}
              aria-controls={`${id}-panel`}
              tabIndex={index === at ? 0 : -1}
              onClick={() => setChosen(index)}
              onKeyDown={onKeyDown}
            >
              {tab.name}
            </button>
          ))}
        </div>
        {tabs[at]?.aside}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${at}`}>
        {tabs[at]?.content}
      </div>
    </div>
  )
}
