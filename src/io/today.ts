/** Today as an ISO date (UTC). Only ledgers may store it. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
