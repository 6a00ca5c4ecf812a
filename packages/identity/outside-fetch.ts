/**
 * Asks another house over HTTPS, and believes little: a fixed address, no redirects, five seconds, a short answer that
 * is JSON. Source: OWASP ASVS 5.0, 13.2.4 to 13.2.6 and 15.3.2.
 */

const TIMEOUT_MS = 5000;
const BYTES_MAX = 64 * 1024;

/** The other house does not answer, not in time, or not what was agreed. */
export class OutsideUnavailable extends Error {
  override name = 'OutsideUnavailable';
}

/** True for https, and for this machine, where tests and demonstrations stand in for the other house. */
export const isFitAddress = (address: string): boolean => {
  const url = URL.parse(address);
  if (url === null || url.username !== '' || url.password !== '') return false;
  return (
    url.protocol === 'https:' ||
    (url.protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(url.hostname))
  );
};

/** The parsed body of an answer, whatever its status; Throws OutsideUnavailable. */
export const askOutside = async (
  url: string,
  init: { method?: 'GET' | 'POST'; headers?: Record<string, string>; body?: string } = {},
): Promise<{ status: number; body: unknown }> => {
  if (!isFitAddress(url)) throw new OutsideUnavailable('the address is not one to be asked');
  try {
    const answer = await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
    const text = await answer.text();
    if (text.length > BYTES_MAX) throw new OutsideUnavailable('the answer is too long');
    const body: unknown = JSON.parse(text);
    return { status: answer.status, body };
  } catch (error) {
    throw new OutsideUnavailable('the other house gave no answer', { cause: error });
  }
};
