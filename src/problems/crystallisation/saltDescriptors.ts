import { elementMasses } from "../../chemistry/elementMasses.js";
import { type Molecule, parseSmiles } from "../../chemistry/parseSmiles.js";

/** What is counted in the cations of an organic salt, all of its formula; the last of its anions. */
export const saltDescriptors = [
  "cationMass",
  "carbons",
  "nitrogens",
  "oxygens",
  "fluorines",
  "positiveCharge",
  "hydrogensOnNitrogen",
  "carbonsOnNitrogen",
  "chainDoubleBonds",
  "aromaticAtoms",
  "rings",
  "ringAtoms",
  "branchedAtoms",
  "fourfoldAtoms",
  "rotatableBonds",
  "longestPath",
  "bromideShare",
] as const;

/**
 * Descriptors of a salt by its SMILES, in the order of `saltDescriptors`: simple counts, so that a salt that nobody has
 * tried has them too.
 *
 * @returns null where the text is no SMILES of a salt with a cation
 */
export function describeSalt(smiles: string): Float64Array | null {
  const molecule = parseSmiles(smiles);
  if (molecule === null) return null;
  const { atoms, bonds } = molecule;
  const partOf = parts(molecule);
  const chargeOf = new Map<number, number>();
  atoms.forEach(({ charge }, i) => chargeOf.set(partOf[i], (chargeOf.get(partOf[i]) ?? 0) + charge));
  const own = [...atoms.keys()].filter((i) => chargeOf.get(partOf[i])! > 0);
  if (own.length === 0) return null;
  const isOwn = new Set(own);
  const links = bonds.filter(({ from }) => isOwn.has(from));
  const neighbours = neighboursOf(molecule);
  const inRing = ringBonds(molecule, neighbours);
  const count = (of: (atom: number) => number | boolean): number =>
    own.reduce((sum, atom) => sum + Number(of(atom)), 0);
  const isElement = (name: string) => (atom: number) => atoms[atom].element === name;
  const cations = new Set(own.map((atom) => partOf[atom])).size;
  const anions = atoms.filter((_, i) => chargeOf.get(partOf[i])! < 0);
  const values: Readonly<Record<(typeof saltDescriptors)[number], number>> = {
    cationMass: count((i) => elementMasses[atoms[i].element] + atoms[i].hydrogens * elementMasses.H),
    carbons: count(isElement("C")),
    nitrogens: count(isElement("N")),
    oxygens: count(isElement("O")),
    fluorines: count(isElement("F")),
    positiveCharge: count((i) => atoms[i].charge),
    hydrogensOnNitrogen: count((i) => (isElement("N")(i) ? atoms[i].hydrogens : 0)),
    carbonsOnNitrogen: count((i) => (isElement("N")(i) ? neighbours[i].filter(isElement("C")).length : 0)),
    chainDoubleBonds: bonds.filter(({ from, order }, b) => isOwn.has(from) && order === 2 && !inRing[b]).length,
    aromaticAtoms: aromaticAtoms(molecule, own, inRing),
    rings: links.length - own.length + cations,
    ringAtoms: new Set(bonds.flatMap((bond, b) => (inRing[b] ? [bond.from, bond.to] : [])).filter((i) => isOwn.has(i)))
      .size,
    branchedAtoms: count((i) => neighbours[i].length === 3),
    fourfoldAtoms: count((i) => neighbours[i].length === 4),
    rotatableBonds: bonds.filter(
      ({ from, to, order }, b) =>
        isOwn.has(from) && order === 1 && !inRing[b] && neighbours[from].length > 1 && neighbours[to].length > 1,
    ).length,
    longestPath: Math.max(...own.map((atom) => Math.max(...distancesFrom(atom, neighbours).values()))),
    bromideShare: anions.length === 0 ? 0 : anions.filter(({ element }) => element === "Br").length / anions.length,
  };
  return Float64Array.from(saltDescriptors, (name) => values[name]);
}

function neighboursOf({ atoms, bonds }: Molecule): number[][] {
  const neighbours = atoms.map((): number[] => []);
  for (const { from, to } of bonds) {
    neighbours[from].push(to);
    neighbours[to].push(from);
  }
  return neighbours;
}

/** Part of the molecule that each atom stands in. */
function parts(molecule: Molecule): number[] {
  const neighbours = neighboursOf(molecule);
  const part = molecule.atoms.map(() => -1);
  molecule.atoms.forEach((_, atom) => {
    if (part[atom] < 0) for (const one of distancesFrom(atom, neighbours).keys()) part[one] = atom;
  });
  return part;
}

/** Bonds to every atom that can be reached, with one bond left out where it is given. */
function distancesFrom(
  start: number,
  neighbours: readonly (readonly number[])[],
  without?: readonly [number, number],
): ReadonlyMap<number, number> {
  const distance = new Map([[start, 0]]);
  for (const [atom, far] of distance)
    for (const next of neighbours[atom]) {
      const isLeftOut = without !== undefined && without.includes(atom) && without.includes(next);
      if (!isLeftOut && !distance.has(next)) distance.set(next, far + 1);
    }
  return distance;
}

/** Whether each bond closes a ring: its ends still reach each other without it. */
function ringBonds({ bonds }: Molecule, neighbours: readonly (readonly number[])[]): boolean[] {
  return bonds.map(({ from, to }) => distancesFrom(from, neighbours, [from, to]).has(to));
}

/** Aromatic letters, and rings of six that are written with three double bonds, as some tables do. */
function aromaticAtoms({ atoms, bonds }: Molecule, own: readonly number[], inRing: readonly boolean[]): number {
  const doubles = new Map<number, number>();
  bonds.forEach(({ from, to, order }, b) => {
    if (!inRing[b] || order !== 2) return;
    for (const atom of [from, to]) doubles.set(atom, (doubles.get(atom) ?? 0) + 1);
  });
  return own.filter((atom) => atoms[atom].aromatic || doubles.get(atom) === 1).length;
}
