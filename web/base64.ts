/** Bytes in base64; some ten thousand of them at most. */
export const base64Of = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));

/** A JPEG as an address that a page can show at once. */
export const jpegAddress = (base64: string): string => `data:image/jpeg;base64,${base64}`;

/** The picture in an answer, as an address that a page can show at once. */
export const readJpegAddress = async (response: Pick<Response, 'arrayBuffer'>): Promise<string> =>
  jpegAddress(base64Of(new Uint8Array(await response.arrayBuffer())));
