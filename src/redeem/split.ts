/**
 * Splits a whole amount in proportion to weights by largest remainder: the shares are whole, sum to the amount exactly, and
 * none is a unit or more away from its exact part. Ties go to the earlier weight.
 */
export function splitByLargestRemainder(amount: number, weights: readonly number[]): number[] {
  const sum = BigInt(weights.reduce((a, b) => a + b, 0));
  const exact = weights.map((weight) => BigInt(amount) * BigInt(weight));
  const shares = exact.map((part) => Number(part / sum));
  const left = amount - shares.reduce((a, b) => a + b, 0);
  const byRemainder = exact.map((part, index) => ({ index, remainder: part % sum })).toSorted((a, b) => Number(b.remainder - a.remainder));
  for (const { index } of byRemainder.slice(0, left)) shares[index]! += 1;
  return shares;
}
