/**
 * JSON that may stand inside a script element: "<" is written as its escape, so that no text
 * in the data ("</script>", "<!--") can end the element. JSON.parse gives the same value back.
 */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replace(/</g, "\\u003c");
}
