/** A number in three digits that count. */
export function shortNumber(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** The number as a tick says it, in Plotly's markup: powers of ten where it would be long. */
export function tickText(value: number): string {
  const size = Math.abs(value);
  if (value === 0 || (size >= 1e-3 && size < 1e5)) return String(Number(value.toPrecision(6))).replace("-", "−");
  const [digits, power] = Number(value.toPrecision(3)).toExponential().split("e");
  const raised = `10<sup>${power.replace("+", "").replace("-", "−")}</sup>`;
  return digits === "1" ? raised : `${digits.replace("-", "−")}·${raised}`;
}
