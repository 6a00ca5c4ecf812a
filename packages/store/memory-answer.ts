/** Carries out a port's call at once and gives its answer as a promise; what it throws is a rejection. */
export const answer = <T>(work: () => T): Promise<T> =>
  new Promise((resolve) => {
    resolve(work());
  });
