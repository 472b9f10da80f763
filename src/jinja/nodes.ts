/** The root of a template's syntax tree. */
export interface Root {
  readonly typename: 'Root'
}
