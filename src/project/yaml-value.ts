/**
 * What a YAML file holds, by PyYAML's rules (YAML 1.1), in plain JavaScript: maps are objects with
 * own properties only, whole numbers are numbers (bigint beyond 2^53), floats without a fraction
 * and dates are boxed, because Python keeps them apart from ints and strings.
 */
export type YamlValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | YamlFloat
  | YamlDate
  | readonly YamlValue[]
  | YamlMap

/** Keys that are not strings in YAML are written as JSON writes them: `true`, `1`, `null`. */
export interface YamlMap {
  readonly [key: string]: YamlValue | undefined
}

/** A float that JavaScript would take for an int: `1.0`; also `.inf` and `.nan`. */
export class YamlFloat {
  constructor(readonly value: number) {}
  toJSON(): number {
    return this.value
  }
}

/** A YAML timestamp: Python's `date` or `datetime`, in the form of its `isoformat()`. */
export class YamlDate {
  constructor(
    readonly kind: 'date' | 'datetime',
    readonly iso: string,
  ) {}
  toJSON(): string {
    return this.iso
  }
}

/** From the document's root to a value: keys and list indexes. */
export type YamlPath = readonly (string | number)[]

/** Whether a value is a map, and neither a list nor one of the boxed scalars. */
export const isYamlMap = (value: unknown): value is YamlMap =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof YamlFloat) &&
  !(value instanceof YamlDate)
