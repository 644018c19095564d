import { visibleText } from "../../core/visibleText.js";
import { escapeHtml } from "./escapeHtml.js";

/**
 * HTML that a notebook brought along (raw HTML in Markdown, text/html outputs), rebuilt from
 * an allow list: known elements with known attributes, every other "<" escaped, what is left
 * open closed. Scripts, styles, frames and anything that would load from elsewhere are gone.
 * Safe because nothing is passed through: each tag of the result was written here.
 *
 * @param html  any text
 * @returns well-nested HTML without scripts, handlers, styles (but alignment) or network addresses to load from
 */
export function sanitizeHtml(html: string): string {
  const open: string[] = [];
  let out = "";
  let from = 0;
  const source = visibleText(html.replace(/\r\n?/g, "\n"), { layout: true }).replace(droppedWhole, "");
  for (const tag of source.matchAll(tagPattern)) {
    out += textBetween(source.slice(from, tag.index));
    from = tag.index + tag[0].length;
    out += rebuilt(tag, open);
  }
  out += textBetween(source.slice(from));
  return (
    out +
    open
      .reverse()
      .map((name) => `</${name}>`)
      .join("")
  );
}

const elements = new Set(
  [
    "a abbr b blockquote br caption code col colgroup dd del details div dl dt em figcaption figure h1 h2 h3 h4 h5 h6",
    "hr i img ins kbd label li mark meter ol p pre progress q s samp section small span strong sub summary sup",
    "table tbody td tfoot th thead tr tt u ul var wbr",
  ].flatMap((names) => names.split(" ")),
);
const voidElements = new Set(["br", "col", "hr", "img", "wbr"]);
const attributes = new Set(
  [
    "align alt aria-hidden aria-label class colspan dir height href id lang max min",
    "role rowspan scope span src start style title value width",
  ].flatMap((names) => names.split(" ")),
);

/** Elements whose content is no text to read. */
const droppedWhole =
  /<(script|style|svg|math|iframe|object|template|noscript|head|title|textarea|select)\b[^>]*>[\s\S]*?<\/\1\s*>/gi;
const attributeValue = /"[^"]*"|'[^']*'|[^\s"'=<>`]+/.source;
const attributeList = String.raw`(?:\s+[^\s=>"'/<]+(?:\s*=\s*(?:${attributeValue}))?)*`;
const tagPattern = new RegExp(
  String.raw`<!--[\s\S]*?-->|<!doctype[^>]*>|<(/?)([a-z][a-z0-9-]*)(${attributeList})\s*/?>`,
  "gi",
);
const attributePattern = /([^\s=>"'/<]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g;
const relativeOrKnown = /^(?:https?:\/\/|mailto:|#|[\w.%-]+(?:[/#?]|$)|\.{0,2}\/(?!\/))/i;
const embeddedImage = /^data:image\/(?:png|jpeg|gif|webp|svg\+xml)[;,]/i;

function textBetween(text: string): string {
  return text.replace(/[<>]/g, escapeHtml).replace(numericEntity, (entity, hex?: string, decimal?: string) => {
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    const character = code <= 0x10ffff ? String.fromCodePoint(code) : "";
    const visible = visibleText(character, { layout: true });
    return visible === character ? entity : visible;
  });
}

/** A way to write what could not be seen. */
const numericEntity = /&#(?:x([0-9a-f]+)|(\d+));?/gi;

function rebuilt([, slash, tagName, rest]: RegExpExecArray | RegExpMatchArray, open: string[]): string {
  const name = tagName?.toLowerCase() ?? "";
  if (!elements.has(name)) return "";
  if (slash === "/") {
    const depth = open.lastIndexOf(name);
    return depth < 0
      ? ""
      : open
          .splice(depth)
          .reverse()
          .map((inner) => `</${inner}>`)
          .join("");
  }
  const kept = keptAttributes(rest);
  // An image from elsewhere would be a request: its alternative text stands in for it.
  if (name === "img" && !embeddedImage.test(kept.get("src") ?? "")) return kept.get("alt") ?? "";
  if (!voidElements.has(name)) open.push(name);
  return `<${name}${[...kept].map(([key, value]) => ` ${key}="${value}"`).join("")}>`;
}

/** Allowed attributes with their values as they stand in HTML: entities kept, quotes escaped. */
function keptAttributes(rest: string): Map<string, string> {
  const kept = new Map<string, string>();
  for (const [, key, double, single, bare] of rest.matchAll(attributePattern)) {
    const name = key.toLowerCase();
    // The Markdown renderer marks formulas with these two characters; inside an attribute no formula can stand.
    const value = textBetween(double ?? single ?? bare ?? "")
      .replace(/"/g, "&quot;")
      .replace(/[\uE000\uE001]/g, "");
    if (!attributes.has(name)) continue;
    // Entities other than &amp; could spell a scheme that the pattern does not see.
    if (name === "href" && (!relativeOrKnown.test(value) || /&(?!amp;)/.test(value))) continue;
    if (name === "src" && !embeddedImage.test(value)) continue;
    if (name === "style" && !/^text-align: ?(?:left|right|center);?$/.test(value)) continue;
    kept.set(name, value);
  }
  return kept;
}
