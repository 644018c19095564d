/** This moment as an ISO time (UTC). Only ledgers and logs may store it. */
export function now(): string {
  return new Date().toISOString();
}
