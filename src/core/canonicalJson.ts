/**
 * JSON with two-space indentation and a final newline: the one
 * way this project writes JSON files. Keys keep their order.
 */
export function canonicalJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
