import { pageShell } from "./pageShell.js";

/** What is a page's own. */
export interface SitePage {
  /** Plain text. */
  readonly title: string;
  readonly bodyClass: "index" | "notebook" | "scorecard" | "document" | "evidence-page";
  /** File name of the page. */
  readonly current: string;
  readonly contentHtml: string;
  /** Beside the content on wide screens, before it on narrow ones. */
  readonly asideHtml?: string;
}

const footer = [
  "Experimental research tool: confirm every prediction in the lab.",
  "This page was made from executed notebooks and evidence files, and it loads nothing from the network.",
];

/** The shell that every page of the site shares: its links, style and script. */
export function sitePage({ title, bodyClass, current, contentHtml, asideHtml = "" }: SitePage): string {
  const links = [
    { href: "index.html", name: "Overview" },
    { href: "index.html#notebooks", name: "Notebooks" },
    { href: "scorecard.html", name: "Scorecard" },
    { href: "index.html#documents", name: "Documents" },
    { href: "index.html#evidence", name: "Evidence" },
  ];
  const items = links.map(({ href, name }) => {
    const here = href === current ? ' aria-current="page"' : "";
    return `<li><a href="${href}"${here}>${name}</a></li>`;
  });
  return pageShell({
    title,
    bodyClass,
    headHtml: `<link rel="stylesheet" href="assets/site.css">
<script src="assets/site.js"></script>`,
    barHtml: `<a class="home" href="index.html">cspbbr3-twin</a>
<nav aria-label="Site">
<ul>${items.join("")}</ul>
</nav>`,
    contentHtml,
    asideHtml,
    footerHtml: footer.join(" "),
  });
}
