// Random expressions, and random statements around few variables (for their scopes), rendered by the
// engine and by Python's Jinja2, side by side.
//
//   node scripts/fuzz-jinja.mjs [--python PATH] [--count 20000] [--seed 1] [--show 40]
//
// PATH is a Python with jinja2 3.1. Ends with 1 when less than 99 in 100 agree: same text, or an
// error on both sides.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'esbuild'

const { values: options } = parseArgs({
  options: {
    python: { type: 'string', default: 'python3' },
    count: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    show: { type: 'string', default: '40' },
  },
})

const loadEngine = async folder => {
  const outfile = join(folder, 'engine.mjs')
  const banner = `import{createRequire}from'node:module';const require=createRequire(import.meta.url);`
  await build({
    entryPoints: ['src/jinja/engine.ts'],
    bundle: true,
    platform: 'node',
    format: 'esm',
    banner: { js: banner },
    outfile,
  })
  return import(pathToFileURL(outfile).href)
}

// mulberry32: small, seeded, good enough.
const randomOf = seed => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const random = randomOf(Number(options.seed))
const pick = items => items[Math.floor(random() * items.length)]
const chance = p => random() < p

const words = [
  'a',
  'B',
  'abc',
  'Hello World',
  ' x ',
  '',
  'a,b,c',
  'aXbXc',
  '12',
  '-3.5',
  'é😀',
  'A_b-c',
  '<a&b>',
  'line\\nline',
  "it's",
]
const ints = [
  '0',
  '1',
  '2',
  '3',
  '-1',
  '-7',
  '10',
  '255',
  '9007199254740993',
  '100000000000000000000',
]
const floats = ['0.5', '1.0', '2.5', '-0.1', '1e3', '1e-7', '3.14159', '1e16', '100.0']
const small = ['0', '1', '2', '3', '-1', '-2']
const quoted = text => `'${text.replaceAll("'", "\\'")}'`

const leaf = {
  int: () => pick(ints),
  float: () => pick(floats),
  string: () => quoted(pick(words)),
  bool: () => pick(['true', 'false', 'none']),
  name: () => pick(['n', 's', 'l', 'd', 'missing']),
}

const tests = [
  'defined',
  'undefined',
  'none',
  'string',
  'number',
  'integer',
  'float',
  'boolean',
  'mapping',
  'sequence',
  'iterable',
  'callable',
  'lower',
  'upper',
  'odd',
  'even',
  'true',
  'false',
]
const testsWith = ['eq', 'ne', 'lt', 'le', 'gt', 'ge', 'in', 'divisibleby', 'sameas']
const plainFilters = [
  'upper',
  'lower',
  'title',
  'capitalize',
  'trim',
  'length',
  'string',
  'int',
  'float',
  'abs',
  'list',
  'sort',
  'first',
  'last',
  'sum',
  'min',
  'max',
  'reverse|list',
  'unique|list',
  'join',
  'tojson',
  'e',
  'wordcount',
  'round',
  'dictsort',
  'items|list',
  'striptags',
  'urlencode',
  'indent',
  'default',
  'pprint',
  'filesizeformat',
  'center',
  'wordwrap',
  'truncate(5)',
]
const stringMethods = [
  'upper()',
  'lower()',
  'title()',
  'strip()',
  'lstrip()',
  'rstrip()',
  'capitalize()',
  'swapcase()',
  'isdigit()',
  'isalpha()',
  'isupper()',
  'islower()',
  'split()',
  'splitlines()',
  'casefold()',
  'isspace()',
  'isalnum()',
  'istitle()',
  'isidentifier()',
]
const specs = [
  '',
  '>8',
  '<8',
  '^9',
  '*^9',
  '05',
  '+',
  ',',
  '.2f',
  '08.3f',
  'e',
  'g',
  '%',
  'x',
  'b',
  'o',
  'X',
  '#x',
  '_',
  's',
  'd',
  '.3',
  '10.2f',
  ' ',
  'n',
  'c',
]
const conversions = [
  '%s',
  '%r',
  '%d',
  '%5d',
  '%-5s|',
  '%05.1f',
  '%.2f',
  '%x',
  '%e',
  '%g',
  '%+d',
  '%%',
  '%c',
  '%5.1s|',
]

const makers = {
  list: d =>
    `[${Array.from({ length: Math.floor(random() * 4) }, () => expression(d)).join(', ')}]`,
  numbers: () =>
    `[${Array.from({ length: Math.floor(random() * 5) }, () => pick([...small, '2.5', '1.0'])).join(', ')}]`,
  strings: () =>
    `[${Array.from({ length: Math.floor(random() * 4) }, () => leaf.string()).join(', ')}]`,
  records: () =>
    `[${Array.from({ length: 1 + Math.floor(random() * 3) }, () => `{'a': ${pick(small)}, 'b': ${leaf.string()}}`).join(', ')}]`,
  tuple: d => `(${expression(d)}, ${expression(d)})`,
  dict: d =>
    `{${Array.from({ length: Math.floor(random() * 3) }, (_, i) => `${pick([`'k${i}'`, `${i}`, "'a'"])}: ${expression(d)}`).join(', ')}}`,
}

const text = d => (chance(0.5) ? leaf.string() : `(${expression(d)})|string`)

const forms = {
  arithmetic: d => `${expression(d)} ${pick(['+', '-', '*', '/', '//', '%'])} ${expression(d)}`,
  power: () => `${pick([...small, '2.5', '-0.5'])} ** ${pick(small)}`,
  concat: d => `${expression(d)} ~ ${expression(d)}`,
  compare: d => `${expression(d)} ${pick(['==', '!=', '<', '<=', '>', '>='])} ${expression(d)}`,
  chain: d =>
    `${expression(d)} ${pick(['==', '<', '<='])} ${expression(d)} ${pick(['!=', '<', '>='])} ${expression(d)}`,
  membership: d =>
    `${expression(d)} ${pick(['in', 'not in'])} ${pick([makers.list, makers.dict, text])(d)}`,
  logic: d => `${expression(d)} ${pick(['and', 'or'])} ${expression(d)}`,
  unary: d => `${pick(['not ', '-', '+'])}${expression(d)}`,
  inline: d =>
    `(${expression(d)} if ${expression(d)}${chance(0.8) ? ` else ${expression(d)}` : ''})`,
  group: d => `(${expression(d)})`,
  filter: d => `(${expression(d)})|${pick(plainFilters)}`,
  replaced: d => `${text(d)}|replace(${leaf.string()}, ${leaf.string()})`,
  joined: () => `${pick([makers.numbers, makers.strings])()}|join(${leaf.string()})`,
  mapped: () =>
    `${pick([makers.numbers, makers.strings])()}|map('${pick(['upper', 'string', 'int', 'abs', 'trim', 'length', 'first'])}')|list`,
  selected: () =>
    `${makers.numbers()}|${pick(['select', 'reject'])}('${pick(['odd', 'even', 'none', 'number'])}')|list`,
  records: () =>
    `${makers.records()}|${pick(["map(attribute='a')|list", "sort(attribute='b')", "selectattr('a', 'gt', 0)|list", "groupby('a')|list", "sum(attribute='a')", "rejectattr('a')|list", "unique(attribute='b')|list", "max(attribute='a')", "map(attribute='zz')|list", "join('-', attribute='b')"])}`,
  sliced: d =>
    `${pick([makers.list, makers.tuple, text])(d).replace(/^(.*)$/s, '($1)')}[${pick(['', ...small])}:${pick(['', ...small])}${pick(['', ':1', ':2', ':-1'])}]`,
  item: d => `(${expression(d)})[${pick([...small, "'a'", "'k0'", 'true'])}]`,
  attribute: d =>
    `(${expression(d)}).${pick(['a', 'k0', '0', 'upper', 'items'])}${pick(['', '', '()'])}`,
  test: d => `${expression(d)} is ${chance(0.2) ? 'not ' : ''}${pick(tests)}`,
  testWith: d => `${expression(d)} is ${pick(testsWith)}(${expression(d)})`,
  method: d => `${pick([leaf.string, () => `(${text(d)})`])()}.${pick(stringMethods)}`,
  search: () =>
    `${leaf.string()}.${pick(['split', 'count', 'find', 'replace', 'startswith', 'endswith', 'partition', 'rsplit', 'strip', 'join', 'rfind', 'index', 'removeprefix'])}(${leaf.string()}${chance(0.3) ? `, ${pick([leaf.string(), '1', '2'])}` : ''})`,
  padded: () =>
    `${leaf.string()}.${pick(['center', 'ljust', 'rjust', 'zfill'])}(${pick(['3', '8', '9'])})`,
  format: () =>
    `'${pick(['{', '{0', '{x'])}${chance(0.2) ? pick(['!r', '!s']) : ''}:${pick(specs)}}'.format(${pick([leaf.int, leaf.float, leaf.string, leaf.bool])()}, x=${leaf.float()})`,
  percent: d =>
    `'${pick(conversions)}' % ${pick([leaf.int, leaf.float, leaf.string, () => `(${expression(d)},)`])()}`,
  rounded: () =>
    `${pick([...floats, ...small])}|round(${pick(['0', '1', '2', '-1'])}, '${pick(['common', 'ceil', 'floor'])}')`,
  range: () =>
    `range(${pick(small)}, ${pick(small)}${chance(0.4) ? `, ${pick(['1', '2', '-1'])}` : ''})|list`,
  batched: () => `${makers.numbers()}|${pick(['batch', 'slice'])}(${pick(['1', '2', '3'])})|list`,
}
const formNames = Object.keys(forms)

const expression = depth => {
  if (depth <= 0 || chance(0.2)) {
    const kind = pick([
      'int',
      'float',
      'string',
      'string',
      'bool',
      'name',
      'list',
      'numbers',
      'dict',
      'tuple',
    ])
    return leaf[kind] ? leaf[kind]() : makers[kind](depth - 1)
  }
  return forms[pick(formNames)](depth - 1)
}

const variables = ['a', 'b', 'c', 'x']
const variable = () => pick(variables)
const simple = () =>
  pick([
    variable,
    variable,
    () => pick(small),
    () => `(${variable()} ~ ${pick(small)})`,
    () => 'loop.index',
    () => 'ns.v',
  ])()
const condition = () =>
  pick([
    () => 'true',
    () => 'false',
    () => `${variable()} is defined`,
    () => variable(),
    () => `${simple()} == 1`,
  ])()

const bodyOf = depth =>
  Array.from({ length: 1 + Math.floor(random() * 3) }, () => statement(depth)).join('')

// A template may have one block of a name only.
const blocks = { count: 0 }
const nextBlock = () => {
  blocks.count++
  return `k${blocks.count}`
}

const statements = {
  print: () => `{{ ${simple()} }},`,
  printTwo: () => `{{ ${variable()} }}{{ ${variable()} }};`,
  set: () => `{% set ${variable()} = ${simple()} %}`,
  setTwo: () => `{% set ${pick(['a, b', 'b, c', 'x, a'])} = ${simple()}, ${simple()} %}`,
  setNamespace: () => `{% set ns.v = ${simple()} %}`,
  setBlock: d => `{% set ${variable()} %}${bodyOf(d)}{% endset %}`,
  if: d => `{% if ${condition()} %}${bodyOf(d)}{% endif %}`,
  ifElse: d =>
    `{% if ${condition()} %}${bodyOf(d)}{% elif ${condition()} %}${bodyOf(d)}{% else %}${bodyOf(d)}{% endif %}`,
  for: d =>
    `{% for ${variable()} in ${pick(['[1, 2]', '[]', "'uv'", 'range(3)', "[x, 'k']"])}${chance(0.2) ? ` if ${condition()}` : ''} %}${bodyOf(d)}${chance(0.1) ? pick(['{% break %}', '{% continue %}']) : ''}${chance(0.3) ? `{% else %}${bodyOf(d)}` : ''}{% endfor %}`,
  forPairs: d => `{% for a, b in [(1, 2), ('p', 'q')] %}${bodyOf(d)}{% endfor %}`,
  recursive: d =>
    `{% for ${pick(['a', 'b'])} in [1, [2]] recursive %}${bodyOf(d)}{% if loop.depth < 2 %}{{ loop(['r']) }}{% endif %}{% endfor %}`,
  with: d => `{% with ${variable()} = ${simple()} %}${bodyOf(d)}{% endwith %}`,
  filter: d => `{% filter upper %}${bodyOf(d)}{% endfilter %}`,
  macro: d =>
    `{% macro ${pick(['m', 'n'])}(${pick(['', 'a', 'a, b=1', 'x=a', 'b, c=b'])}) %}${bodyOf(d)}{% endmacro %}`,
  call: () =>
    `{{ ${pick(['m', 'n'])}(${pick(['', '1', '5, 6', 'a=2'])}) if ${pick(['m', 'n'])} else '-' }}`,
  callBlock: d =>
    `{% macro w(p) %}<{{ p }}{{ caller(7) if caller else '' }}>{% endmacro %}{% call(${variable()}) w(${simple()}) %}${bodyOf(d)}{% endcall %}`,
  block: d => `{% block ${nextBlock()} %}${bodyOf(d)}{% endblock %}`,
}
const statementNames = Object.keys(statements)

const statement = depth =>
  statements[
    depth <= 0 ? pick(['print', 'printTwo', 'set', 'setTwo', 'call']) : pick(statementNames)
  ](depth - 1)

const scopes = () =>
  `{% set ns = namespace(v=0) %}${pick(['', "{% set a = 'A' %}"])}${Array.from({ length: 5 }, () => statement(3)).join('')}{{ a }}{{ b }}{{ c }}{{ x }}{{ ns.v }}`

const prelude =
  "{% set n = 5 %}{% set s = 'Some text' %}{% set l = [3, 1, 2] %}{% set d = {'a': 1, 'b': [1, 2]} %}"

const context = Object.assign(Object.create(null), { x: 1, y: null })

const outcome = (engine, source) => {
  try {
    const template = engine.parseTemplate({ source, file: 'fuzz' })
    return { ok: engine.renderSync(template, name => context[name], { undefined: 'default' }) }
  } catch (error) {
    if (error.name !== 'CompilationError') return { bug: error.stack }
    return { msg: error.message }
  }
}

const oracle = templates => {
  const input = JSON.stringify({ ctx: context, templates })
  const { stdout, stderr, status } = spawnSync(options.python, ['scripts/jinja-oracle.py'], {
    input,
    maxBuffer: 1 << 30,
  })
  if (status !== 0) throw new Error(String(stderr))
  return JSON.parse(String(stdout))
}

const folder = mkdtempSync(join(tmpdir(), 'fuzz-jinja-'))
try {
  const engine = await loadEngine(folder)
  const count = Number(options.count)
  const totals = { agree: 0, sameMessage: 0, errors: 0, skipped: 0 }
  const shown = []
  for (let done = 0; done < count; done += 2000) {
    const templates = Array.from({ length: Math.min(2000, count - done) }, () =>
      chance(0.25) ? scopes() : `${prelude}{{ ${expression(3)} }}`,
    )
    for (const [i, expected] of oracle(templates).entries()) {
      // Addresses in memory are nobody's to match.
      if (/ at 0x[0-9a-f]+/.test(expected.ok ?? expected.msg)) {
        totals.skipped++
        continue
      }
      const got = outcome(engine, templates[i])
      const bothFail = expected.ok === undefined && got.msg !== undefined
      if (bothFail) totals.errors++
      if (bothFail && got.msg === expected.msg) totals.sameMessage++
      if (bothFail || (expected.ok !== undefined && got.ok === expected.ok)) totals.agree++
      const differs = expected.ok === undefined ? got.msg !== expected.msg : got.ok !== expected.ok
      if (differs)
        shown.push({ bothFail, template: templates[i].replace(prelude, ''), expected, got })
    }
  }
  shown.sort((a, b) => Number(a.bothFail) - Number(b.bothFail))
  for (const { template, expected, got } of shown.slice(0, Number(options.show))) {
    console.log(
      `${template}\n  jinja2 ${JSON.stringify(expected)}\n  navo   ${JSON.stringify(got)}`,
    )
  }
  const rate = totals.agree / (count - totals.skipped)
  console.log({ count, ...totals, rate: rate.toFixed(4) })
  if (rate < 0.99) process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true })
}
