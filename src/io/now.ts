/** This moment as an ISO time (UTC). Only ledgers may store it. */
export function now(): string {
  return new Date().toISOString();
}
