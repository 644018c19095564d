import { elementMasses } from "./elementMasses.js";

/** An atom of a molecule. */
export interface SmilesAtom {
  readonly element: string;
  readonly aromatic: boolean;
  readonly charge: number;
  /** Hydrogens that are bound to it without being atoms of their own. */
  readonly hydrogens: number;
}

/** A bond between two atoms, by their places. */
export interface SmilesBond {
  readonly from: number;
  readonly to: number;
  /** 1, 2 or 3; 1.5 where both are aromatic. */
  readonly order: number;
}

/** Atoms and bonds that a text of SMILES names; ions of a salt are parts without a bond between them. */
export interface Molecule {
  readonly atoms: readonly SmilesAtom[];
  readonly bonds: readonly SmilesBond[];
}

/** Bonds of an atom that is written without brackets; hydrogens fill what is left of the first that is enough. */
const valences: Readonly<Record<string, readonly number[]>> = {
  ...{ B: [3], C: [4], N: [3, 5], O: [2], P: [3, 5], S: [2, 4, 6], F: [1], Cl: [1], Br: [1], I: [1] },
};
const orders: Readonly<Record<string, number>> = { "-": 1, "=": 2, "#": 3, ":": 1.5, "/": 1, "\\": 1 };
const longest = 2000;

const token =
  /(Cl|Br|[BCNOPSFI]|[bcnops])|\[\d*([A-Z][a-z]?|[bcnops])(@{0,2})(H\d*)?([+-]\d+|\++|-+)?\]|([-=#:/\\])|(\d|%\d\d)|([().])/y;

/**
 * Atoms and bonds of a text of SMILES: the organic subset, brackets, branches, rings, aromatic letters and dots.
 * Which way round a centre or a double bond stands, and isotopes, are read over.
 *
 * @returns null where the text is no such SMILES
 * @see Weininger 1988, doi:10.1021/ci00057a005
 */
export function parseSmiles(text: string): Molecule | null {
  if (text === "" || text.length > longest) return null;
  const atoms: (Omit<SmilesAtom, "hydrogens"> & { readonly hydrogens: number | null })[] = [];
  const bonds: SmilesBond[] = [];
  const branches: number[] = [];
  const rings = new Map<string, { readonly atom: number; readonly order: number | null }>();
  let last = -1;
  let order: number | null = null;
  const bind = (from: number, to: number, written: number | null): void => {
    const both = atoms[from].aromatic && atoms[to].aromatic;
    bonds.push({ from, to, order: written ?? (both ? 1.5 : 1) });
  };
  const add = (element: string, charge: number, hydrogens: number | null): boolean => {
    const capital = element[0].toUpperCase() + element.slice(1);
    if (!Object.hasOwn(elementMasses, capital)) return false;
    atoms.push({ element: capital, aromatic: element !== capital, charge, hydrogens });
    if (last >= 0) bind(last, atoms.length - 1, order);
    else if (order !== null) return false;
    [last, order] = [atoms.length - 1, null];
    return true;
  };
  const close = (ring: string): boolean => {
    if (last < 0) return false;
    const open = rings.get(ring);
    if (open === undefined) rings.set(ring, { atom: last, order });
    else {
      if (open.atom === last) return false;
      rings.delete(ring);
      bind(open.atom, last, order ?? open.order);
    }
    order = null;
    return true;
  };
  const turn = (mark: string): boolean => {
    if (order !== null) return false;
    if (mark === "(") branches.push(last);
    else if (mark === ")") last = branches.pop() ?? -1;
    else if (branches.length > 0) return false;
    else {
      const follows = last >= 0;
      last = -1;
      return follows;
    }
    return last >= 0;
  };
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const found = token.exec(text);
    if (found === null) return null;
    const [, bare, bracketed, , hydrogens, charge, bond, ring, mark] = found;
    let isRight = true;
    if (bare !== undefined) isRight = add(bare, 0, null);
    else if (bracketed !== undefined) isRight = add(bracketed, chargeOf(charge), hydrogensOf(hydrogens));
    else if (bond !== undefined) {
      isRight = order === null;
      order = orders[bond];
    } else isRight = ring !== undefined ? close(ring.replace("%", "")) : turn(mark);
    if (!isRight) return null;
  }
  if (order !== null || last < 0 || branches.length > 0 || rings.size > 0) return null;
  const bound = new Float64Array(atoms.length);
  // Each aromatic bond counts as one here, and the shared electrons of the ring as one more.
  for (const one of bonds) for (const atom of [one.from, one.to]) bound[atom] += Math.floor(one.order);
  return {
    atoms: atoms.map((atom, i) => ({ ...atom, hydrogens: atom.hydrogens ?? freeValence(atom, bound[i]) })),
    bonds,
  };
}

function freeValence({ element, aromatic }: Pick<SmilesAtom, "element" | "aromatic">, bound: number): number {
  const used = bound + Number(aromatic && valences[element][0] > 2);
  return Math.max(0, (valences[element].find((valence) => valence >= used) ?? used) - used);
}

function hydrogensOf(text: string | undefined): number {
  return text === undefined ? 0 : text === "H" ? 1 : Number(text.slice(1));
}

function chargeOf(text: string | undefined): number {
  if (text === undefined) return 0;
  return /\d/.test(text) ? Number(text) : (text[0] === "+" ? 1 : -1) * text.length;
}
