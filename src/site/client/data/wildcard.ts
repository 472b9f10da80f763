type Letter = (char: string) => boolean

const ANY_RUN = Symbol('*')

const letterClass = (body: string): Letter => {
  const negated = body.startsWith('!')
  const members = negated ? body.slice(1) : body
  const holds: Letter = char => {
    for (let at = 0; at < members.length; at += 1) {
      const isRange = members[at + 1] === '-' && at + 2 < members.length
      const last = isRange ? members[at + 2]! : members[at]!
      if (char >= members[at]! && char <= last) return true
      if (isRange) at += 2
    }
    return false
  }
  return negated ? char => !holds(char) : holds
}

const compile = (glob: string): readonly (Letter | typeof ANY_RUN)[] => {
  const steps: (Letter | typeof ANY_RUN)[] = []
  for (let at = 0; at < glob.length; at += 1) {
    const char = glob[at]!
    const close = char === '[' ? glob.indexOf(']', at + 2) : -1
    if (char === '*') steps.push(ANY_RUN)
    else if (char === '?') steps.push(() => true)
    else if (close > 0) {
      steps.push(letterClass(glob.slice(at + 1, close)))
      at = close
    } else steps.push(other => other === char)
  }
  return steps
}

/**
 * A shell pattern (`*`, `?`, `[a-z]`) as a test of whole texts, ignoring case. Its time grows with
 * pattern × text at most, so that no link can make the page hang.
 */
export const wildcard = (glob: string): ((value: string) => boolean) => {
  const steps = compile(glob.toLowerCase())
  return value => {
    const text = value.toLowerCase()
    let at = 0
    let step = 0
    let retryStep = -1
    let retryAt = 0
    while (at < text.length) {
      const wanted = steps[step]
      if (wanted === ANY_RUN) {
        retryStep = step
        retryAt = at
        step += 1
      } else if (wanted?.(text[at]!)) {
        at += 1
        step += 1
      } else if (retryStep >= 0) {
        retryAt += 1
        at = retryAt
        step = retryStep + 1
      } else return false
    }
    while (steps[step] === ANY_RUN) step += 1
    return step === steps.length
  }
}
