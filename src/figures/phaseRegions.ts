/** A map of classes on a grid: `phases[row][column]`, cells between ascending edges, px or any other unit of length. */
export interface PhaseGrid {
  readonly phases: readonly (readonly string[])[];
  readonly xEdges: readonly number[];
  readonly yEdges: readonly number[];
}

/** A rectangle in the grid's lengths. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

/** The middle of a written name. */
export interface LabelPlace {
  readonly phase: string;
  readonly x: number;
  readonly y: number;
}

/**
 * Borders between neighbouring cells of different classes, as runs of edges: `along` is the
 * axis a run follows, `at` the edge it lies on.
 */
export interface BorderRun {
  readonly along: "x" | "y";
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

/** All borders between classes, by index of edges: each run as long as it can be. */
export function regionBorders(phases: readonly (readonly string[])[]): BorderRun[] {
  const [rows, columns] = [phases.length, phases[0].length];
  const runs = (
    along: "x" | "y",
    lines: number,
    length: number,
    differs: (at: number, place: number) => boolean,
  ): BorderRun[] =>
    Array.from({ length: lines - 1 }, (_, i) => i + 1).flatMap((at) => {
      const found: BorderRun[] = [];
      for (let from = 0; from < length; from++) {
        if (!differs(at, from)) continue;
        let to = from + 1;
        while (to < length && differs(at, to)) to++;
        found.push({ along, at, from, to });
        from = to;
      }
      return found;
    });
  return [
    ...runs("x", rows, columns, (row, column) => phases[row][column] !== phases[row - 1][column]),
    ...runs("y", columns, rows, (column, row) => phases[row][column] !== phases[row][column - 1]),
  ];
}

/**
 * Where to write each class's name: in its largest connected part that holds it, or the
 * roomiest where none does; there as far as possible from other classes and the map's rim, but never
 * over an obstacle or another name. In a narrow part a name reaches into the neighbours; one that would
 * do so by more than `leastFit` allows is left out.
 *
 * @param options.halfSize   half width and half height of a name, in the grid's lengths
 * @param options.obstacles  what must stay visible
 * @param options.leastFit   how much smaller than the name the room for it may be: 1 keeps it within its part
 */
export function labelPlaces(
  grid: PhaseGrid,
  {
    halfSize,
    obstacles,
    leastFit,
  }: { readonly halfSize: (phase: string) => Half; readonly obstacles: readonly Box[]; readonly leastFit: number },
): LabelPlace[] {
  const classes = [...new Set(grid.phases.flat())].map((phase) => ({ phase, parts: largeParts(grid, phase) }));
  const placed: LabelPlace[] = [];
  const taken = [...obstacles];
  // The smallest class has the least choice, so it comes first.
  for (const { phase, parts } of classes.sort((a, b) => a.parts[0].area - b.parts[0].area)) {
    const half = halfSize(phase);
    let best = { x: 0, y: 0, fit: -Infinity };
    for (const { cells } of parts) {
      const place = roomiest(grid, cells, half, taken);
      if (place.fit > best.fit) best = place;
      if (best.fit >= 1) break;
    }
    const { x, y, fit } = best;
    if (fit < leastFit) continue;
    placed.push({ phase, x, y });
    taken.push({ left: x - half.x, right: x + half.x, bottom: y - half.y, top: y + half.y });
  }
  return placed;
}

interface Half {
  readonly x: number;
  readonly y: number;
}

type Cell = readonly [row: number, column: number];

interface Part {
  readonly cells: readonly Cell[];
  readonly area: number;
}

/**
 * The parts of a class, connected by edges, largest first: those that a name could
 * stand for, of at least a quarter of the largest.
 */
function largeParts({ phases, xEdges, yEdges }: PhaseGrid, phase: string): Part[] {
  const seen = phases.map((row) => row.map((own) => own !== phase));
  const parts: Part[] = [];
  phases.forEach((line, startRow) => {
    line.forEach((_, startColumn) => {
      const cells: Cell[] = [];
      const waiting: Cell[] = [[startRow, startColumn]];
      for (let cell = waiting.pop(); cell !== undefined; cell = waiting.pop()) {
        const [row, column] = cell;
        // Outside the map counts as seen.
        if (seen[row]?.[column] ?? true) continue;
        seen[row][column] = true;
        cells.push(cell);
        waiting.push([row - 1, column], [row + 1, column], [row, column - 1], [row, column + 1]);
      }
      if (cells.length > 0)
        parts.push({
          cells,
          area: cells.reduce(
            (sum, [row, column]) => sum + (yEdges[row + 1] - yEdges[row]) * (xEdges[column + 1] - xEdges[column]),
            0,
          ),
        });
    });
  });
  parts.sort((a, b) => b.area - a.area);
  return parts.filter(({ area }) => area >= parts[0].area / 4);
}

/**
 * The place in a part around which the largest box of the wanted proportions stays within it, and
 * away from what is taken, which it must not touch.
 */
function roomiest(
  { phases, xEdges, yEdges }: PhaseGrid,
  cells: readonly Cell[],
  half: Half,
  taken: readonly Box[],
): { x: number; y: number; fit: number } {
  const inside = phases.map((row) => row.map(() => false));
  for (const [row, column] of cells) inside[row][column] = true;
  const beside = new Map(
    cells.flatMap(([row, column]) =>
      around(row, column)
        .filter(([r, c]) => inside[r]?.[c] === false)
        .map((cell) => [cell.join(), cell] as const),
    ),
  );
  const blocks = [
    ...taken,
    ...[...beside.values()].map(([row, column]) => ({
      left: xEdges[column],
      right: xEdges[column + 1],
      bottom: yEdges[row],
      top: yEdges[row + 1],
    })),
  ];
  const rim = { left: xEdges[0], right: xEdges[xEdges.length - 1], bottom: yEdges[0], top: yEdges[yEdges.length - 1] };
  /** How far a box is from a place, in half sizes of the name: below 1, the name would touch it. */
  const gap = ({ left, right, bottom, top }: Box, x: number, y: number): number =>
    Math.max((left - x) / half.x, (x - right) / half.x, (bottom - y) / half.y, (y - top) / half.y);
  let most = -Infinity;
  let roomy: { x: number; y: number; fit: number }[] = [];
  for (const [row, column] of cells) {
    for (const x of within(xEdges[column], xEdges[column + 1], half.x)) {
      for (const y of within(yEdges[row], yEdges[row + 1], half.y)) {
        // A name cut off at the rim could not be read.
        let fit = Math.min(
          (x - rim.left) / half.x,
          (rim.right - x) / half.x,
          (y - rim.bottom) / half.y,
          (rim.top - y) / half.y,
        );
        if (fit < 1 || taken.some((box) => gap(box, x, y) < 1)) continue;
        for (const block of blocks) {
          if (fit <= most - nearlyAsGood) break;
          fit = Math.min(fit, gap(block, x, y));
        }
        if (fit <= most - nearlyAsGood) continue;
        roomy.push({ x, y, fit });
        most = Math.max(most, fit);
      }
    }
  }
  // In a long narrow part many places are as good: the one nearest its middle looks best.
  roomy = roomy.filter(({ fit }) => fit > most - nearlyAsGood);
  const middle = {
    x: mean(cells.map(([, column]) => (xEdges[column] + xEdges[column + 1]) / 2)),
    y: mean(cells.map(([row]) => (yEdges[row] + yEdges[row + 1]) / 2)),
  };
  const distance = ({ x, y }: { readonly x: number; readonly y: number }): number =>
    Math.hypot(x - middle.x, y - middle.y);
  return roomy.reduce(
    (nearest, one) => (distance(one) < distance(nearest) ? one : nearest),
    roomy[0] ?? { x: 0, y: 0, fit: -Infinity },
  );
}

/** Half sizes of a name. */
const nearlyAsGood = 0.05;

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The eight cells around one: only these can stop a box that grows from within the part. */
function around(row: number, column: number): Cell[] {
  return [-1, 0, 1].flatMap((up) =>
    [-1, 0, 1].flatMap((across): Cell[] => (up === 0 && across === 0 ? [] : [[row + up, column + across]])),
  );
}

/** The middle of a narrow cell; in a wide one, also places to either side, less than a quarter of a name apart. */
function within(from: number, to: number, half: number): number[] {
  const count = 2 * Math.floor((to - from) / half) + 1;
  return Array.from({ length: count }, (_, i) => from + ((i + 0.5) / count) * (to - from));
}
