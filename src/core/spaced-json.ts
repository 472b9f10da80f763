/**
 * JSON on one line with a space behind each comma and colon, as Python writes it: some scripts look
 * for `"name": "x"`.
 */
export const spacedJson = (value: unknown): string =>
  // Line breaks inside strings are escaped, so those in the text are the layout's own.
  JSON.stringify(value, null, 1)
    .replace(/([[{])\n */g, '$1')
    .replace(/\n *([\]}])/g, '$1')
    .replace(/,\n */g, ', ')
