/** The value below which a share (0 to 1) of measurements lies. Throws where nothing was measured. */
export const percentile = (measured: readonly number[], share: number): number => {
  const sorted = [...measured].sort((one, other) => one - other);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  if (value === undefined) throw new Error('nothing was measured');
  return value;
};
