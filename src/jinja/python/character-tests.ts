/** Python's `str.is…` tests, by Unicode property. */

const every = (text: string, test: RegExp): boolean => text !== '' && test.test(text)

const decimal = /^\p{Nd}+$/u
const digit =
  /^[\p{Nd}\u00b2\u00b3\u00b9\u1369-\u1371\u19da\u2070\u2074-\u2079\u2080-\u2089\u2460-\u2468\u2474-\u247c\u2488-\u2490\u24ea\u24f5-\u24fd\u24ff\u2776-\u277e\u2780-\u2788\u278a-\u2792\u{10a40}-\u{10a43}\u{10e60}-\u{10e68}\u{11052}-\u{1105a}\u{1f100}-\u{1f10a}]+$/u
const numeric =
  /^[\p{N}\u3405\u3483\u382a\u3b4d\u4e00\u4e03\u4e07\u4e09\u4e5d\u4e8c\u4e94\u4e96\u4ebf\u4ec0-\u4ec4\u4edf\u4ee8\u4f0d\u4f70\u5104\u5146\u5169\u516b\u516d\u5341-\u5345\u534c\u53c1-\u53c4\u56db\u58f1\u58f9\u5e7a\u5efe\u5eff\u5f0c-\u5f0e\u5f10\u62fe\u634c\u67d2\u6f06\u7396\u767e\u8086\u842c\u8cae\u8cb3\u8d30\u920e\u94a9\u9621\u9646\u964c\u9678\u96f6]+$/u
const alpha = /^\p{L}+$/u
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are blank in Python
const space = /^[\s\u001c-\u001f\u0085]+$/u
const printable = /^[^\p{C}\p{Zl}\p{Zp}\p{Zs}]*$/u
const identifier = /^[\p{XID_Start}_]\p{XID_Continue}*$/u

/** Test names as templates call them, each over the whole text. */
export const characterTests = {
  isdecimal: (text: string): boolean => every(text, decimal),
  isdigit: (text: string): boolean => every(text, digit),
  isnumeric: (text: string): boolean => every(text, numeric),
  isalpha: (text: string): boolean => every(text, alpha),
  isalnum: (text: string): boolean =>
    text !== '' && Array.from(text).every(c => alpha.test(c) || numeric.test(c) || digit.test(c)),
  isspace: (text: string): boolean => every(text.replaceAll('\ufeff', 'x'), space),
  isascii: (text: string): boolean => /^[\0-\x7f]*$/.test(text),
  isprintable: (text: string): boolean => printable.test(text.replaceAll(' ', '')),
  isidentifier: (text: string): boolean => identifier.test(text),
  islower: (text: string): boolean =>
    /\p{Lowercase}/u.test(text) && !/[\p{Uppercase}\p{Lt}]/u.test(text),
  isupper: (text: string): boolean =>
    /[\p{Uppercase}]/u.test(text) && !/[\p{Lowercase}\p{Lt}]/u.test(text),
  istitle: (text: string): boolean => isTitle(text),
}

const isTitle = (text: string): boolean => {
  let cased = false
  let inWord = false
  for (const char of text) {
    if (/[\p{Uppercase}\p{Lt}]/u.test(char)) {
      if (inWord) return false
      inWord = true
      cased = true
    } else if (/\p{Lowercase}/u.test(char)) {
      if (!inWord) return false
      cased = true
    } else inWord = false
  }
  return cased
}
