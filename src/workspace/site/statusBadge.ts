import type { CheckStatus } from "../../scorecard/Scorecard.js";
import type { Tier } from "./evidenceTiers.js";

/** Status as word and shape (disc, square, diamond): readable without colour. */
export function statusBadge(status: CheckStatus): string {
  const shape = `<svg viewBox="0 0 16 16" aria-hidden="true">${shapes[status]}</svg>`;
  return `<span class="badge ${status.toLowerCase()}">${shape}${status}</span>`;
}

const shapes: Readonly<Record<CheckStatus, string>> = {
  PASS: '<circle cx="8" cy="8" r="7.5"/><path d="M4.2 8.4l2.6 2.6 5-5.6"/>',
  FAIL: '<rect x="1" y="1" width="14" height="14"/><path d="M4.8 4.8l6.4 6.4M11.2 4.8l-6.4 6.4"/>',
  UNKNOWN: '<path d="M8 .4L15.6 8 8 15.6.4 8z"/><path d="M6 6.4a2 2 0 1 1 2.6 1.9Q8 8.6 8 9.4M8 11.4v.6"/>',
};

/** Whether evidence was made again on the machine that rendered the site. */
export function tierBadge(tier: Tier): string {
  return `<span class="badge tier ${tier}">${tier}</span>`;
}
