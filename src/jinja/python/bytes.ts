import { hostFunction } from './host-function.ts'
import { PyError } from './py-error.ts'
import { type HostFunction, HostObject, type Value } from './values.ts'

const nodeEncodings: ReadonlyMap<string, BufferEncoding> = new Map([
  ['utf-8', 'utf8'],
  ['utf8', 'utf8'],
  ['ascii', 'ascii'],
  ['us-ascii', 'ascii'],
  ['latin-1', 'latin1'],
  ['latin1', 'latin1'],
  ['iso-8859-1', 'latin1'],
])

const encodingOf = (name: string): BufferEncoding => {
  const found = nodeEncodings.get(name.toLowerCase().replaceAll('_', '-'))
  if (found === undefined) throw new PyError('LookupError', `unknown encoding: ${name}`)
  return found
}

const byteText = (byte: number): string => {
  if (byte === 0x5c) return '\\\\'
  if (byte === 0x0a) return '\\n'
  if (byte === 0x0d) return '\\r'
  if (byte === 0x09) return '\\t'
  return byte >= 32 && byte < 127
    ? String.fromCharCode(byte)
    : `\\x${byte.toString(16).padStart(2, '0')}`
}

/** Python's bytes: what `str.encode` and the hash and base64 helpers of a context deal in. */
export class PyBytes extends HostObject {
  readonly typeName = 'bytes'
  constructor(readonly data: Uint8Array) {
    super()
  }

  override getAttr(name: string): Value | undefined {
    return methodsOf(this).get(name)
  }

  override getItem(key: Value): Value | undefined {
    return typeof key === 'number' ? this.data.at(key) : undefined
  }

  override iterate(): Iterable<Value> {
    return this.data
  }

  override length(): number {
    return this.data.length
  }

  override equals(other: Value): boolean {
    return other instanceof PyBytes && Buffer.compare(this.data, other.data) === 0
  }

  override hashKey(): string {
    return `\0bytes:${Buffer.from(this.data).toString('hex')}`
  }

  override repr(): string {
    const body = Array.from(this.data, byteText).join('')
    return body.includes("'") && !body.includes('"')
      ? `b"${body}"`
      : `b'${body.replaceAll("'", "\\'")}'`
  }
}

const methodsOf = (self: PyBytes): ReadonlyMap<string, HostFunction> =>
  new Map([
    [
      'decode',
      hostFunction('decode', "encoding='utf-8', errors='strict'", (encoding: string) =>
        Buffer.from(self.data).toString(encodingOf(encoding)),
      ),
    ],
    ['hex', hostFunction('hex', '', () => Buffer.from(self.data).toString('hex'))],
  ])

/** `text.encode(encoding, errors)`. Throws UnicodeEncodeError. */
export const bytes = (text: string, encoding: string, errors: string): PyBytes => {
  const name = encodingOf(encoding)
  const limit = name === 'ascii' ? 0x7f : 0xff
  if (name === 'utf8') return new PyBytes(Buffer.from(text, 'utf8'))
  const kept: number[] = []
  for (const [i, char] of Array.from(text).entries()) {
    const code = char.codePointAt(0) ?? 0
    if (code <= limit) kept.push(code)
    else if (errors === 'replace') kept.push(0x3f)
    else if (errors !== 'ignore') {
      const codec = name === 'ascii' ? 'ascii' : 'latin-1'
      const shown =
        code <= 0xff ? `\\x${code.toString(16)}` : `\\u${code.toString(16).padStart(4, '0')}`
      throw new PyError(
        'UnicodeEncodeError',
        `'${codec}' codec can't encode character '${shown}' in position ${i}: ordinal not in range(${limit + 1})`,
      )
    }
  }
  return new PyBytes(Uint8Array.from(kept))
}
