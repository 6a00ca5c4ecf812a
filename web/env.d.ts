/** Answers that the page asked for before its script arrived, by path. */
interface Window {
  early?: Record<string, Promise<Response>>;
}
