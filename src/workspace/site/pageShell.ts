import { escapeHtml } from "./escapeHtml.js";

/** Parts of a page, as HTML but for the title. */
export interface PageShell {
  /** Plain text. */
  readonly title: string;
  readonly bodyClass: string;
  /** Style and script. */
  readonly headHtml: string;
  /** Name of the site, and its links where it has any. */
  readonly barHtml: string;
  readonly contentHtml: string;
  /** Beside the content on wide screens, before it on narrow ones. */
  readonly asideHtml?: string;
  readonly footerHtml: string;
}

/** The frame of every page: landmarks and skip link. */
export function pageShell({
  title,
  bodyClass,
  headHtml,
  barHtml,
  contentHtml,
  asideHtml = "",
  footerHtml,
}: PageShell): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
${headHtml}
</head>
<body class="${bodyClass}">
<a class="skip" href="#content">Skip to content</a>
<header class="site-header"><div class="bar">
${barHtml}
</div></header>
<div class="frame">
${asideHtml}<main id="content" tabindex="-1">
${contentHtml}</main>
</div>
<footer class="site-footer"><p>${footerHtml}</p></footer>
</body>
</html>
`;
}
