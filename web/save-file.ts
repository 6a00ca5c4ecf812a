/** How long the browser may take to fetch a file that was handed to it. */
const FETCHED_WITHIN_MS = 60_000;

/** Saves `text` as a file of this name and media type, e.g. `text/csv`. */
export const saveFile = (name: string, text: string, type: string): void => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(link.href);
  }, FETCHED_WITHIN_MS);
};
