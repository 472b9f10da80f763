import { overviewHref } from '../data/route.ts'

/** For links to what the project no longer has. */
export const NotFound = ({ what }: { what: string }) => (
  <main class="page" id="content" tabIndex={-1}>
    <header class="page-head">
      <p class="eyebrow">Not found</p>
      <h1>{what} is not in this project</h1>
    </header>
    <p>
      It may have been renamed or removed since the link was made. Press <kbd>/</kbd> to search, or
      go to the <a href={overviewHref()}>overview</a>.
    </p>
  </main>
)
