import { elementMasses } from "./elementMasses.js";

/**
 * Atoms of each element in a chemical formula. It has letters and counts, brackets, and parts joined by a dot, each
 * with a number before it where there are several ("Pb(CH3COO)2·3H2O"); subscripts are read as digits.
 *
 * @returns null where the text is no such formula
 */
export function formulaElements(formula: string): ReadonlyMap<string, number> | null {
  const total = new Map<string, number>();
  for (const part of formula.normalize("NFKC").replaceAll(/\s/g, "").split(/[·•*]/)) {
    const [, times, body] = /^(\d*)(.*)$/.exec(part)!;
    const counted = bracketsOf(body);
    if (counted === null) return null;
    addTo(total, counted, times === "" ? 1 : Number(times));
  }
  return total;
}

/** Molar mass of a formula in g/mol; null where the text is no formula. */
export function formulaMass(formula: string): number | null {
  const elements = formulaElements(formula);
  if (elements === null) return null;
  return Array.from(elements).reduce((sum, [element, count]) => sum + count * elementMasses[element], 0);
}

const token = /([A-Z][a-z]?)(\d*)|([([])|([)\]])(\d*)/y;

function bracketsOf(text: string): Map<string, number> | null {
  /** The formula itself, then each bracket that is open. */
  const open = [new Map<string, number>()];
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const found = token.exec(text);
    if (found === null) return null;
    const [, element, count, opens, , times] = found;
    if (opens !== undefined) open.push(new Map());
    else if (element !== undefined) {
      if (!Object.hasOwn(elementMasses, element)) return null;
      addTo(open.at(-1)!, new Map([[element, count === "" ? 1 : Number(count)]]), 1);
    } else {
      const closed = open.pop()!;
      if (open.length === 0) return null;
      addTo(open.at(-1)!, closed, times === "" ? 1 : Number(times));
    }
  }
  return open.length === 1 && open[0].size > 0 ? open[0] : null;
}

function addTo(total: Map<string, number>, part: ReadonlyMap<string, number>, times: number): void {
  for (const [element, count] of part) total.set(element, (total.get(element) ?? 0) + count * times);
}
