/** How long a page waits for the service before it says that nobody was reached. */
const PATIENCE_MS = 20_000;

/** `fetch` to the service itself, with the session's cookie; gives up after 20 seconds. */
export const patientFetch = async (
  input: Parameters<typeof fetch>[0],
  init: RequestInit = {},
): Promise<Response> => {
  const patience = new AbortController();
  const timer = setTimeout(() => {
    patience.abort();
  }, PATIENCE_MS);
  try {
    return await fetch(input, { ...init, credentials: 'same-origin', signal: patience.signal });
  } finally {
    clearTimeout(timer);
  }
};
