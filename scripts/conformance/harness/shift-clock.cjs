// Makes Date begin at NAVO_TEST_NOW and go on from there.
const RealDate = Date
const shift = RealDate.parse(process.env.NAVO_TEST_NOW) - RealDate.now()

// biome-ignore lint/suspicious/noShadowRestrictedNames: taking the place of Date is the point
globalThis.Date = class Date extends RealDate {
  constructor(...parts) {
    if (parts.length === 0) super(RealDate.now() + shift)
    else super(...parts)
  }

  static now() {
    return RealDate.now() + shift
  }
}
