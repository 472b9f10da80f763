import { describe, expect, it } from 'vitest'
import { readProject } from './project.ts'
import { select } from './selector.ts'

const node = (name: string, parents: readonly string[], more: object = {}) => [
  `model.p.${name}`,
  {
    resource_type: 'model',
    name,
    package_name: 'p',
    fqn: ['p', 'marts', name],
    original_file_path: `models/marts/${name}.sql`,
    depends_on: { nodes: parents },
    ...more,
  },
]

const project = readProject(
  {
    nodes: Object.fromEntries([
      node('a', ['source.p.raw.x'], { tags: ['daily'] }),
      node('b', ['model.p.a'], { tags: ['daily'], config: { materialized: 'table' } }),
      node('c', ['model.p.b']),
      node('d', ['model.p.c', 'model.p.e']),
      node('e', []),
    ]),
    sources: {
      'source.p.raw.x': {
        resource_type: 'source',
        name: 'x',
        source_name: 'raw',
        package_name: 'p',
      },
    },
  },
  undefined,
)

const names = (include: string, exclude = ''): string =>
  [...select(project, include, exclude).ids]
    .map(id => id.split('.').at(-1))
    .sort()
    .join('')

describe('select', () => {
  it.each([
    ['', 'abcdex'],
    ['b', 'b'],
    ['+b', 'abx'],
    ['1+b', 'ab'],
    ['b+', 'bcd'],
    ['b+1', 'bc'],
    ['1+b+1', 'abc'],
    ['@b', 'abcdex'],
    ['@a', 'abcdex'],
    ['a e', 'ae'],
    ['+c,a+', 'abc'],
    ['tag:daily', 'ab'],
    ['tag:daily,config.materialized:table', 'b'],
    ['source:raw.x+1', 'ax'],
    ['source:raw', 'x'],
    ['raw.x', 'x'],
    ['path:models/marts', 'abcde'],
    ['models/marts/a.sql', 'a'],
    ['a.sql', 'a'],
    ['marts', 'abcde'],
    ['p.marts.c', 'c'],
    ['[ab]', 'ab'],
    ['resource_type:source', 'x'],
    ['package:p,[!a-dp]', 'ex'],
  ])('%j gives %s', (include, expected) => {
    expect(names(include)).toBe(expected)
  })

  it('takes the excluded ones away', () => {
    expect(names('', 'c+')).toBe('abex')
    expect(names('+d', 'tag:daily')).toBe('cdex')
  })

  it('says what it did not understand', () => {
    expect(select(project, 'nope', '').problems).toEqual(["nothing matches 'nope'"])
    expect(select(project, 'state:new', '').problems).toEqual([
      "'state' is not a method this graph knows",
    ])
  })
})
