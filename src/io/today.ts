/** Today as an ISO date (UTC). Only the evidence ledger may store it. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
