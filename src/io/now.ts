/** Now as an ISO time to the second (UTC). Only logs may store it. */
export function now(): string {
  return `${new Date().toISOString().slice(0, 19)}Z`;
}
