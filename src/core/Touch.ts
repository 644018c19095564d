/** One look of a model at a locked test: what makes looks the same or different. */
export interface Touch {
  /** Model line: versions of one model that follow each other, "phase network". */
  readonly line: string;
  /** SHA-256 of the manifest of the split whose test part was read. */
  readonly manifest: string;
  /** SHA-256 of the weights. The same bytes looking again learn nothing new. */
  readonly model: string;
}
