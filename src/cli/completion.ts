import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { nearestProject } from '../commands/project-head.ts'
import { commandTable } from './command-table.ts'
import { nodeFiles } from './node-files.ts'
import { longName } from './option-spec.ts'
import { optionsOf } from './program.ts'

export const shells = ['bash', 'zsh', 'fish'] as const

/**
 * The script that makes a shell complete navo's commands, options and node names. Each asks
 * `navo __complete WORDS…`, so that a script never grows old.
 * @returns undefined for a shell navo does not know
 */
export const completionScript = (shell: string): string | undefined => {
  switch (shell) {
    case 'bash':
      return bash
    case 'zsh':
      return zsh
    case 'fish':
      return fish
    default:
      return undefined
  }
}

const bash = `# navo completion bash >> ~/.bashrc
_navo() {
  local IFS=$'\\n' words=("\${COMP_WORDS[@]:1:COMP_CWORD}")
  COMPREPLY=($(navo __complete "\${words[@]}" 2>/dev/null))
  [[ \${#COMPREPLY[@]} -eq 0 ]] && compopt -o default
  [[ \${COMPREPLY[0]} == *[=:+] ]] && compopt -o nospace
  return 0
}
# A colon and a plus are part of a selector, not ends of words.
COMP_WORDBREAKS=\${COMP_WORDBREAKS//:/}
complete -F _navo navo
`

const zsh = `#compdef navo
# navo completion zsh > "\${fpath[1]}/_navo"
_navo() {
  local -a found
  found=("\${(@f)$(navo __complete "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if (( \${#found} )) && [[ -n \${found[1]} ]]; then
    compadd -Q -- $found
  else
    _files
  fi
}
compdef _navo navo
`

const fish = `# navo completion fish > ~/.config/fish/completions/navo.fish
function __navo_complete
  set -l words (commandline -opc) (commandline -ct)
  navo __complete $words[2..-1] 2>/dev/null
end
complete -c navo -f -a '(__navo_complete)'
`

/**
 * What can stand where the cursor is.
 * @param words what is typed behind `navo`; the last is the word being typed, maybe empty
 */
export const complete = (words: readonly string[], workingDirectory: string): readonly string[] => {
  const current = words.at(-1) ?? ''
  const before = words.slice(0, -1)
  const command = commandTable.find(({ name, aliases = [] }) => {
    const [first, second] = name.split(' ')
    if (second === undefined) return before.some(word => word === first || aliases.includes(word))
    return before.includes(first ?? '') && before.includes(second)
  })
  if (command === undefined) return commandWords(before).filter(word => word.startsWith(current))
  const options = optionsOf(command).filter(option => option.hidden !== true)
  if (current.startsWith('-')) return options.map(longName).filter(name => name.startsWith(current))
  const last = [...before].reverse().find(word => word.startsWith('-'))
  const option = options.find(
    o => longName(o) === last || `-${o.short}` === last || (o.aliases ?? []).includes(last ?? ''),
  )
  if (option?.kind === 'choice' || (option?.kind === 'list' && option.choices))
    return (option.choices ?? []).filter(choice => choice.startsWith(current))
  if (option?.key === 'select' || option?.key === 'exclude' || option?.key === 'models')
    return selectors(current, nodeNames(workingDirectory))
  if (command.which === 'run-operation' && option === undefined)
    return macroNames(workingDirectory).filter(name => name.startsWith(current))
  return []
}

const commandWords = (before: readonly string[]): readonly string[] => {
  const group = before.find(word => commandTable.some(c => c.name.startsWith(`${word} `)))
  if (group !== undefined)
    return commandTable.flatMap(({ name }) =>
      name.startsWith(`${group} `) ? [name.slice(group.length + 1)] : [],
    )
  const all = commandTable.flatMap(({ name, aliases = [] }) =>
    name.includes(' ') ? [name.split(' ')[0] ?? ''] : [name, ...aliases],
  )
  return [...new Set([...all, 'completion'])]
}

/** Keeps what stands before the name: `+`, `@`, `2+`, and parts of a union typed with commas. */
const selectors = (current: string, names: readonly string[]): readonly string[] => {
  const prefix = /^(?:.*,)?(?:@|\d*\+)?/.exec(current)?.[0] ?? ''
  const start = current.slice(prefix.length)
  return names.filter(name => name.startsWith(start)).map(name => prefix + name)
}

interface ManifestHead {
  readonly names: readonly string[]
  readonly macros: readonly string[]
}

/** Names in target/manifest.json, found by their unique ids: parsing 60 MB would take a second. */
const manifestHead = (workingDirectory: string): ManifestHead => {
  const target = process.env.NAVO_TARGET_PATH ?? process.env.DBT_TARGET_PATH ?? 'target'
  let text: string
  try {
    text = readFileSync(
      join(nearestProject(nodeFiles, workingDirectory), target, 'manifest.json'),
      'utf8',
    )
  } catch {
    return { names: [], macros: [] }
  }
  const names = new Set<string>()
  const macros = new Set<string>()
  for (const [, id = ''] of text.matchAll(/"unique_id":\s?"([^"]+)"/g)) {
    const [type, , name = '', ...rest] = id.split('.')
    if (type === 'macro') macros.add(name)
    else if (type === 'source') names.add(`source:${name}.${rest.join('.')}`)
    else if (type === 'exposure') names.add(`exposure:${name}`)
    else if (type === 'model' || type === 'seed' || type === 'snapshot')
      names.add([name, ...rest].join('.'))
    else if (type === 'test' || type === 'analysis') names.add(name)
  }
  for (const [, tags = ''] of text.matchAll(/"tags":\s?\[([^\]]+)\]/g))
    for (const [, tag] of tags.matchAll(/"([^"]+)"/g)) names.add(`tag:${tag}`)
  return { names: [...names].sort(), macros: [...macros].sort() }
}

const nodeNames = (workingDirectory: string): readonly string[] =>
  manifestHead(workingDirectory).names

const macroNames = (workingDirectory: string): readonly string[] =>
  manifestHead(workingDirectory).macros
