/** What a probability adds to an entropy, -p ln p in nats; 0 at 0. */
export function entropyTerm(probability: number): number {
  return probability > 0 ? -probability * Math.log(probability) : 0;
}
