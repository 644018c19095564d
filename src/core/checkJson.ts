/**
 * Makes sure that a value comes back from a JSON file as it went in: finite numbers, texts, truth values, null, lists and
 * plain objects of them. A key whose value is undefined is as if it were not there.
 *
 * @param where  names the value in the message; places inside follow it
 * @throws RangeError if it holds anything else (the place named)
 */
export function checkJson(value: unknown, where: string): void {
  if (value === null || typeof value === "string" || typeof value === "boolean") return;
  if (typeof value === "number") {
    if (!Number.isFinite(value))
      throw new RangeError(`${where} must be finite, as JSON has no ${value}; leave it out or use null`);
  } else if (Array.isArray(value)) {
    value.forEach((inner, i) => checkJson(inner, `${where}[${i}]`));
  } else if (typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype) {
    for (const [key, inner] of Object.entries(value)) if (inner !== undefined) checkJson(inner, `${where}.${key}`);
  } else {
    throw new RangeError(
      `${where} must be plain JSON; got ${typeof value === "object" ? (value.constructor?.name ?? "an object without a prototype") : typeof value}; write numbers of a typed array as a list, and leave functions out`,
    );
  }
}
