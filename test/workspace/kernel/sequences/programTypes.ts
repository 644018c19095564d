import type { Cell, Expression, Statement } from "./Program.js";

type Plain = "number" | "string";
export type Declaration = Exclude<Extract<Statement, { readonly name: string }>, { readonly kind: "assign" }>;

/** What is known of names before they run: how a value was declared and its type, and what types are. */
export interface Known {
  readonly values: Map<string, { readonly kind: Declaration["kind"]; readonly type: Plain }>;
  readonly types: Map<string, Plain | "both">;
}

class TypesDiffer extends Error {}

/** Makes a declaration what its name means. */
export function declare({ values, types }: Known, one: Declaration): void {
  if (one.kind === "type") {
    if (types.get(one.name) === "both") values.delete(one.name);
    types.set(one.name, one.type);
    return;
  }
  if (one.kind === "class" || one.kind === "enum") types.set(one.name, "both");
  else if (types.get(one.name) === "both") types.delete(one.name);
  const type = one.kind === "enum" ? "string" : typeof one.type === "string" ? one.type : types.get(one.type.named);
  values.set(one.name, { kind: one.kind, type: type === "number" ? "number" : "string" });
}

/** What TypeScript says of a cell: whether it type-checks after those before it. */
export function isTyped(cell: Cell, declared: readonly Declaration[], before: Known): boolean {
  const known: Known = { values: new Map(before.values), types: new Map(before.types) };
  for (const one of [...declared].sort((a, b) => Number(b.kind === "type") - Number(a.kind === "type")))
    declare(known, one);
  const pending = new Set(
    declared.filter(({ kind }) => kind !== "function" && kind !== "type").map(({ name }) => name),
  );
  const kinds = {
    call: ["function"],
    field: ["class"],
    method: ["class"],
    member: ["enum"],
    variable: ["let", "const", "var"],
  };
  /**
   * @param from  code that runs at once must not mention what stands behind it; a field of a class may mention a `var`
   *   there, and the methods of its own class
   */
  const typeOf = (one: Expression, from: "now" | "later" | { readonly fieldOf: string }): Plain => {
    if (one.kind === "literal") return typeof one.value as Plain;
    if (one.kind === "sum")
      return [typeOf(one.left, from), typeOf(one.right, from)].includes("string") ? "string" : "number";
    const found = known.values.get(one.name);
    const isSeen =
      typeof from !== "string" && (found?.kind === "var" || (one.kind === "method" && one.name === from.fieldOf));
    const isThere = from === "later" || !pending.has(one.name) || isSeen;
    if (found === undefined || !kinds[one.kind].includes(found.kind) || !isThere) throw new TypesDiffer();
    return found.type;
  };
  const isAssignable = (name: string, value: Expression, from: "now" | "later"): boolean => {
    const found = known.values.get(name);
    const isThere = from === "later" || !pending.has(name) || found?.kind === "var";
    return (found?.kind === "let" || found?.kind === "var") && isThere && typeOf(value, from) === found.type;
  };
  const holds = (one: Statement): boolean => {
    if (one.kind === "show" || one.kind === "try") return typeOf(one.value, "now") !== null;
    if (one.kind === "assign") return isAssignable(one.name, one.value, "now");
    if (one.kind === "class")
      return typeOf(one.field, { fieldOf: one.name }) === one.type && typeOf(one.read, "later") === one.type;
    if (one.kind === "function")
      return (
        (one.sets === null || isAssignable(one.sets.name, one.sets.value, "later")) &&
        typeOf(one.value, "later") === one.type
      );
    if (one.kind !== "let" && one.kind !== "const" && one.kind !== "var") return true;
    return typeOf(one.value, "now") === (typeof one.type === "string" ? one.type : known.types.get(one.type.named));
  };
  try {
    return cell.every((one) => {
      // Behind a statement that always throws, no `var` is said to be read before it is assigned.
      if (one.kind === "throw") for (const { kind, name } of declared) if (kind === "var") pending.delete(name);
      const isLegal = holds(one);
      if ("name" in one) pending.delete(one.name);
      return isLegal;
    });
  } catch (error) {
    if (error instanceof TypesDiffer) return false;
    throw error;
  }
}
