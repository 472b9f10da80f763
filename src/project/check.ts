import * as z from 'zod'
import { stringRepr } from '../jinja/python/text.ts'
import { pythonRepr } from './python-repr.ts'
import { isYamlMap, YamlFloat, type YamlMap, type YamlPath, type YamlValue } from './yaml-value.ts'

/*
 * Schemas whose complaints read as those of dbt's JSON schemas do. The rule there: a value of one
 * type "is not of type 'x'", an optional value "is not valid under any of the given schemas".
 */

export const text = z.string()
export const flag = z.boolean()
export const map: z.ZodType<YamlMap> = z.custom<YamlMap>(isYamlMap, { params: { type: 'object' } })
export const anything: z.ZodType<YamlValue> = z.custom<YamlValue>(() => true)
/** Whether a schema takes a value; for the plain ones without the machinery of a parse. */
const acceptor = (schema: z.ZodType): ((value: unknown) => boolean) => {
  if (schema === text) return value => typeof value === 'string'
  if (schema === flag) return value => typeof value === 'boolean'
  if (schema === map) return isYamlMap
  return value => schema.safeParse(value).success
}

/**
 * A value that one of the schemas takes. What is wrong with it is said of it as a whole, as JSON
 * schemas do, whichever of them came nearest.
 */
export const anyOf = <T extends readonly z.ZodType[]>(
  ...schemas: T
): z.ZodType<z.infer<T[number]>> => {
  const accept = schemas.map(acceptor)
  return z.custom<z.infer<T[number]>>(value => accept.some(takes => takes(value)), {
    params: { anyOf: true },
  })
}

/** A value of the inner type, or null. */
export const optional = <T extends z.ZodType>(inner: T): z.ZodType<z.infer<T> | null> => {
  const accept = acceptor(inner)
  return z.custom<z.infer<T> | null>(value => value === null || accept(value), {
    params: { anyOf: true },
  })
}
/** Ints and floats; a boxed float is unwrapped by whoever needs its value. */
export const numeric: z.ZodType<number | YamlFloat> = z.custom<number | YamlFloat>(
  value => typeof value === 'number' || value instanceof YamlFloat,
  { params: { type: 'number' } },
)
export const integer: z.ZodType<number> = z.custom<number>(value => Number.isInteger(value), {
  params: { type: 'integer' },
})
export const texts = z.array(text)

/** One complaint about a value. */
export interface Complaint {
  readonly path: YamlPath
  /** In the words of dbt's validator: `at path ['name']: 1 is not of type 'string'`. */
  readonly message: string
}

export type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly complaints: readonly Complaint[] }

/** Checks a value against a schema; complaints about missing keys come last. */
export const check = <T>(schema: z.ZodType<T>, value: unknown): Checked<T> => {
  const result = schema.safeParse(value)
  if (result.success) return { ok: true, value: result.data }
  const complaints = result.error.issues.map(issue => {
    const path = issue.path.map(step => (typeof step === 'symbol' ? String(step) : step))
    const found = valueAt(value, path)
    return { path, missing: isMissing(issue, found), issue, found }
  })
  complaints.sort((a, b) => Number(a.missing) - Number(b.missing))
  return {
    ok: false,
    complaints: complaints.map(({ path, missing, issue, found }) =>
      missing
        ? complaint(path.slice(0, -1), `${stringRepr(String(path.at(-1)))} is a required property`)
        : complaint(path, describe(issue, found)),
    ),
  }
}

/** A complaint of our own, beyond what a schema says. */
export const complaint = (path: YamlPath, message: string): Complaint => ({
  path,
  message: `at path [${path.map(step => pythonRepr(step)).join('][')}]: ${message}`,
})

const isMissing = (issue: z.core.$ZodIssue, found: unknown): boolean =>
  found === undefined && issue.path.length > 0

const valueAt = (value: unknown, path: YamlPath): unknown =>
  path.reduce<unknown>(
    (place, step) =>
      typeof place === 'object' && place !== null && Object.hasOwn(place, step)
        ? (place as Record<string | number, unknown>)[step]
        : undefined,
    value,
  )

const typeNames: Readonly<Record<string, string>> = { record: 'object', int: 'integer' }

const describe = (issue: z.core.$ZodIssue, found: unknown): string => {
  const shown = pythonRepr(found)
  switch (issue.code) {
    case 'invalid_type':
      return `${shown} is not of type '${typeNames[issue.expected] ?? issue.expected}'`
    case 'custom':
      if (issue.params?.anyOf) return `${shown} is not valid under any of the given schemas`
      return issue.params?.type ? `${shown} is not of type '${issue.params.type}'` : issue.message
    case 'invalid_value':
      return `${shown} is not one of ${pythonRepr(issue.values)}`
    case 'invalid_format':
      return `${shown} does not match ${stringRepr(patternSource(issue))}`
    default:
      return issue.message
  }
}

const patternSource = (issue: z.core.$ZodIssue): string =>
  'pattern' in issue && typeof issue.pattern === 'string'
    ? issue.pattern.replace(/^\/|\/[a-z]*$/g, '')
    : ''
