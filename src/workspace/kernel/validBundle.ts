import { isJsonType } from "../notebooks/Notebook.js";
import type { MimeBundle } from "../notebooks/Notebook.js";

/**
 * A MIME bundle as a notebook may hold it: texts, base64 for bytes, anything that JSON can say for JSON types. Bytes
 * and bare numbers become what they stand for.
 *
 * Fault: a Buffer under image/png became an object in the notebook, which no reader accepts.
 *
 * @throws TypeError if a content cannot be made valid: the notebook could not be opened any more
 */
export function validBundle(bundle: unknown): MimeBundle {
  if (typeof bundle !== "object" || bundle === null || Array.isArray(bundle))
    throw new TypeError(`display: must get a MIME bundle, an object of type and content; got ${kindOf(bundle)}`);
  return Object.fromEntries(Object.entries(bundle).map(([type, content]) => [type, validContent(type, content)]));
}

function validContent(type: string, content: unknown): unknown {
  if (isJsonType(type)) return jsonContent(type, content);
  if (typeof content === "string") return content;
  if (Array.isArray(content) && content.length > 0 && content.every((line) => typeof line === "string"))
    return content.join("");
  const bytes = bytesOf(content);
  if (bytes !== null) return bytes.toString(isText(type) ? "utf8" : "base64");
  if (isText(type) && ["number", "boolean", "bigint"].includes(typeof content)) return String(content);
  throw new TypeError(
    `display: ${type} must be ${isText(type) ? "a text" : "bytes, or their base64 as a text"}; ` +
      `got ${kindOf(content)}; ${isText(type) ? "make a text of it" : "give a Buffer"}, or use a JSON type`,
  );
}

function jsonContent(type: string, content: unknown): unknown {
  let json: string | undefined;
  try {
    json = JSON.stringify(content);
  } catch (error) {
    throw new TypeError(`display: ${type} must be what JSON can hold; ${(error as Error).message}`);
  }
  if (json === undefined) throw new TypeError(`display: ${type} must be what JSON can hold; got ${kindOf(content)}`);
  return content;
}

/** The bytes of what holds bytes, also of a Buffer that went through JSON. */
function bytesOf(content: unknown): Buffer | null {
  if (ArrayBuffer.isView(content)) return Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  if (content instanceof ArrayBuffer) return Buffer.from(content);
  const { type, data } = (content ?? {}) as { readonly type?: unknown; readonly data?: unknown };
  return type === "Buffer" && Array.isArray(data) ? Buffer.from(data as number[]) : null;
}

function isText(type: string): boolean {
  return /^text\/|[+/](?:xml|javascript|ecmascript|sql|yaml)$/.test(type);
}

function kindOf(content: unknown): string {
  if (content === null || content === undefined) return String(content);
  if (typeof content !== "object") return `a ${typeof content}`;
  return Array.isArray(content) ? "a list" : "an object";
}
