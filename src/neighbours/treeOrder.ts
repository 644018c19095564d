/** Rows looked at to choose along which column a part is cut. */
const probes = 64;

/**
 * Order of rows in which neighbours lie near each other: the rows are cut in two at a middle row of the column with
 * the widest spread, and so on, until a part fits in a leaf. All leaves are full but the last.
 *
 * @param values  row-major, shape [rows, columns], finite
 * @param rows    which rows to order
 * @param options.leaf  rows of a leaf
 * @returns places in `rows`, in their new order
 * @see Bentley 1975, doi:10.1145/361002.361007
 */
export function treeOrder(
  values: Float32Array,
  columns: number,
  rows: Uint32Array,
  { leaf }: { readonly leaf: number },
): Uint32Array {
  const order = rows.map((_, place) => place);
  const keys = new Float32Array(order.length);
  const cut = (from: number, to: number): void => {
    const leaves = Math.ceil((to - from) / leaf);
    if (leaves <= 1) return;
    const middle = from + leaf * (leaves >> 1);
    const column = widestColumn(values, columns, rows, order, from, to);
    for (let i = from; i < to; i++) keys[i] = values[rows[order[i]] * columns + column];
    select(keys, order, from, to - 1, middle);
    cut(from, middle);
    cut(middle, to);
  };
  cut(0, order.length);
  return order;
}

function widestColumn(
  values: Float32Array,
  columns: number,
  rows: Uint32Array,
  order: Uint32Array,
  from: number,
  to: number,
): number {
  const step = Math.max(1, Math.floor((to - from) / probes));
  let widest = 0;
  let most = -1;
  for (let column = 0; column < columns; column++) {
    let [sum, squares, n] = [0, 0, 0];
    const origin = values[rows[order[from]] * columns + column];
    for (let i = from; i < to; i += step) {
      const value = values[rows[order[i]] * columns + column] - origin;
      sum += value;
      squares += value * value;
      n++;
    }
    const spread = squares - (sum * sum) / n;
    if (spread > most) [widest, most] = [column, spread];
  }
  return widest;
}

/**
 * Moves keys, and rows with them, until none before `middle` exceeds one behind it.
 * Symbols follow Hoare's FIND (doi:10.1145/366622.366647); the pivot is the median of three.
 */
function select(keys: Float32Array, order: Uint32Array, left: number, right: number, middle: number): void {
  const swap = (a: number, b: number): void => {
    const [key, row] = [keys[a], order[a]];
    keys[a] = keys[b];
    order[a] = order[b];
    keys[b] = key;
    order[b] = row;
  };
  while (left < right) {
    const centre = (left + right) >> 1;
    if (keys[centre] < keys[left]) swap(centre, left);
    if (keys[right] < keys[left]) swap(right, left);
    if (keys[right] < keys[centre]) swap(right, centre);
    const pivot = keys[centre];
    let [i, j] = [left, right];
    while (i <= j) {
      while (keys[i] < pivot) i++;
      while (keys[j] > pivot) j--;
      if (i <= j) swap(i++, j--);
    }
    if (middle <= j) right = j;
    else if (middle >= i) left = i;
    else return;
  }
}
