import { isYamlMap, YamlDate, YamlFloat, type YamlValue } from './yaml-value.ts'

/** A key as JSON writes it: `true`, `1`, `null`, a date's ISO form; undefined for a collection. */
export const keyText = (key: YamlValue): string | undefined => {
  if (typeof key === 'string') return key
  if (Array.isArray(key) || isYamlMap(key)) return undefined
  if (key instanceof YamlDate) return key.iso
  return String(key instanceof YamlFloat ? key.value : key)
}

/** Sets a key as the map's own, `__proto__` like any other. */
export const defineKey = (map: Record<string, YamlValue>, key: string, value: YamlValue): void => {
  if (key === '__proto__')
    Object.defineProperty(map, key, {
      value,
      enumerable: true,
      writable: true,
      configurable: true,
    })
  else map[key] = value
}
