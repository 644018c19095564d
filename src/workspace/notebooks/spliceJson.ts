import { jsonElements, jsonMembers, jsonValue, type JsonRange } from "./jsonParts.js";

/** How a JSON text is laid out. */
export interface JsonStyle {
  /** One level of indentation; null where all stands on one line. */
  readonly unit: string | null;
  readonly newline: string;
  /** Between elements on one line, and between a key and its value. */
  readonly comma: string;
  readonly colon: string;
}

/** nbformat's own: one blank per level. */
const notebookStyle: JsonStyle = { unit: " ", newline: "\n", comma: ", ", colon: ": " };

/**
 * The text of a changed value, in which everything that did not change keeps its bytes: spelling of numbers and
 * texts, order of keys, space between them, members that came twice (the last one counts, as everywhere). What is new
 * is laid out as the text is.
 *
 * @param text             what JSON.parse accepts, a byte order mark aside
 * @param old              what it holds
 * @param value            what it shall hold
 * @param options.origins  by an element of a list of `value`, the element of `old` that it was made from; others are
 *   found by being the same, or in lists of the same length by their place
 */
export function spliceJson(
  text: string,
  old: unknown,
  value: unknown,
  { origins = new Map() }: { readonly origins?: ReadonlyMap<unknown, unknown> } = {},
): string {
  const range = jsonValue(text);
  const spliced = splice(range, old, value, { text, origins, style: styleOf(text, range) });
  return `${text.slice(0, range.start)}${spliced}${text.slice(range.end)}`;
}

/** JSON in a style. @param indent  what lines of the value itself begin with */
export function printJson(value: unknown, style: JsonStyle = notebookStyle, indent = ""): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const inner = indent + (style.unit ?? "");
  if (Array.isArray(value)) {
    const items = value.map((one) => printJson(one, style, inner));
    return enclosed("[]", items, style, indent);
  }
  return enclosed(
    "{}",
    Object.entries(value)
      .filter(([, one]) => one !== undefined)
      .map(([key, one]) => `${JSON.stringify(key)}${style.colon}${printJson(one, style, inner)}`),
    style,
    indent,
  );
}

interface Splicing {
  readonly text: string;
  readonly origins: ReadonlyMap<unknown, unknown>;
  readonly style: JsonStyle;
}

interface Edit extends JsonRange {
  readonly to: string;
}

function splice(range: JsonRange, old: unknown, value: unknown, on: Splicing): string {
  const standing = on.text.slice(range.start, range.end);
  if (old === value) return standing;
  // All of a text on one line is read once, not once for every value.
  const indent = on.style.unit === null ? "" : indentAt(on.text, range.start);
  if (Array.isArray(old) && Array.isArray(value)) return spliceList(range, old, value, { ...on, indent });
  if (isObject(old) && isObject(value)) return spliceObject(range, old, value, { ...on, indent });
  return printJson(value, on.style, indent);
}

function spliceObject(
  range: JsonRange,
  old: Readonly<Record<string, unknown>>,
  value: Readonly<Record<string, unknown>>,
  on: Splicing & { readonly indent: string },
): string {
  const { text, style, indent } = on;
  const members = jsonMembers(text, range.start);
  const last = new Map(members.map((member, place) => [member.key, place]));
  const texts = members.map((member, place) =>
    last.get(member.key) === place && Object.hasOwn(value, member.key)
      ? splice(member, old[member.key], value[member.key], on)
      : text.slice(member.start, member.end),
  );
  const added = Object.keys(value).filter((key) => !last.has(key) && value[key] !== undefined);
  if (added.length === 0 && members.every(({ key }) => Object.hasOwn(value, key)))
    return edited(
      text,
      range,
      members.map(({ start, end }, place) => ({ start, end, to: texts[place] })),
    );
  const inner = indent + (style.unit ?? "");
  const kept = members.flatMap(({ key, keyStart, start }, place) =>
    Object.hasOwn(value, key) ? [text.slice(keyStart, start) + texts[place]] : [],
  );
  const more = added.map((key) => `${JSON.stringify(key)}${style.colon}${printJson(value[key], style, inner)}`);
  return enclosed("{}", [...kept, ...more], style, indent);
}

function spliceList(
  range: JsonRange,
  old: readonly unknown[],
  value: readonly unknown[],
  on: Splicing & { readonly indent: string },
): string {
  const { text, origins, style, indent } = on;
  if (old.length === value.length && old.every((one, place) => one === value[place]))
    return text.slice(range.start, range.end);
  const elements = jsonElements(text, range.start);
  const places = new Map(old.map((one, place) => [one, place]));
  const placeOf = (one: unknown, at: number): number | undefined => {
    if (one === old[at] && at < old.length) return at;
    return places.get(origins.get(one) ?? one) ?? (old.length === value.length ? at : undefined);
  };
  const from = value.map(placeOf);
  const inner = indent + (style.unit ?? "");
  const texts = value.map((one, at) => {
    const place = from[at];
    return place === undefined ? printJson(one, style, inner) : splice(elements[place], old[place], one, on);
  });
  if (old.length === value.length && from.every((place, at) => place === at))
    return edited(
      text,
      range,
      elements.map(({ start, end }, at) => ({ start, end, to: texts[at] })),
    );
  return enclosed("[]", texts, style, indent);
}

function edited(text: string, { start, end }: JsonRange, edits: readonly Edit[]): string {
  const parts: string[] = [];
  let at = start;
  for (const edit of edits) {
    parts.push(text.slice(at, edit.start), edit.to);
    at = edit.end;
  }
  return parts.join("") + text.slice(at, end);
}

function enclosed([open, close]: string, items: readonly string[], style: JsonStyle, indent: string): string {
  if (items.length === 0) return open + close;
  if (style.unit === null) return open + items.join(style.comma) + close;
  const line = style.newline + indent;
  return `${open}${line}${style.unit}${items.join(`,${line}${style.unit}`)}${line}${close}`;
}

/** Read off the first members of the outermost object. */
function styleOf(text: string, { start }: JsonRange): JsonStyle {
  const [first, second] = text[start] === "{" ? jsonMembers(text, start) : [];
  if (first === undefined) return notebookStyle;
  const lead = text.slice(start + 1, first.keyStart);
  const between = text.slice(first.keyStart, first.start);
  const lineEnd = lead.lastIndexOf("\n");
  return {
    unit: lineEnd === -1 ? null : lead.slice(lineEnd + 1),
    newline: lead.includes("\r\n") ? "\r\n" : "\n",
    comma: second === undefined ? ", " : text.slice(first.end, second.keyStart),
    colon: between.slice(between.lastIndexOf('"') + 1),
  };
}

/** What the line at this place begins with. */
function indentAt(text: string, at: number): string {
  const line = text.lastIndexOf("\n", at) + 1;
  return /^[ \t]*/.exec(text.slice(line, at))![0];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
