export interface JsonCheck {
  /** What to do about a number that JSON has not, for the message. */
  readonly mend?: string;
  /** Looks at every key and value of every object, and throws what it finds wrong. */
  readonly visit?: (key: string, value: unknown, where: string) => void;
}

/**
 * Makes sure that a value comes back from a JSON file as it went in: finite numbers, texts, truth values,
 * null, lists and plain objects of them. A key whose value is undefined is as if it were not there.
 *
 * @param where  names the value in the message; places inside follow it
 * @throws RangeError if it holds anything else (the place named)
 */
export function checkJson(value: unknown, where: string, check: JsonCheck = {}): void {
  const { mend = "leave it out or use null", visit } = check;
  if (value === null || typeof value === "string" || typeof value === "boolean") return;
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new RangeError(`${where} must be finite, as JSON has no ${value}; ${mend}`);
  } else if (Array.isArray(value)) {
    value.forEach((inner, i) => checkJson(inner, `${where}[${i}]`, check));
  } else if (typeof value === "object" && isPlain(value)) {
    for (const [key, inner] of Object.entries(value)) {
      visit?.(key, inner, where);
      if (inner !== undefined) checkJson(inner, `${where}.${key}`, check);
    }
  } else {
    const got = typeof value === "object" ? (value.constructor?.name ?? "an object of a strange kind") : typeof value;
    throw new RangeError(
      `${where} must be plain JSON; got ${got}; write numbers of a typed array as a list, and leave functions out`,
    );
  }
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
