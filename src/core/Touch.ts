/** One touch of a locked test by a model: what makes touches the same or different. */
export interface Touch {
  /** Model line: versions of one model that follow each other, "phase network". */
  readonly line: string;
  /** SHA-256 of the manifest of the split whose test part was read. */
  readonly manifest: string;
  /** SHA-256 of the weights. The same bytes judged again learn nothing new. */
  readonly model: string;
}
