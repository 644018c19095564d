/**
 * Share of all lead that ends in the three compounds, in [0, 1].
 *
 * @param precipitatedLeadMolar  mol/L, from phaseFractions
 * @param leadMolar              all lead, dissolved or not, mol/L
 */
export function leadYield(precipitatedLeadMolar: number, leadMolar: number): number {
  return leadMolar > 0 ? Math.min(precipitatedLeadMolar / leadMolar, 1) : 0;
}
