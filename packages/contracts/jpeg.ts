/**
 * What a JPEG file is made of, as far as its parts go: enough to take out, and to refuse, whatever a camera or a
 * program writes beside the picture, such as the place where it was taken. The picture itself is not decoded.
 * Source: ITU-T T.81, annex B; ITU-T T.871 (JFIF), 6.1.
 */

const BEGIN = 0xd8;
const END = 0xd9;
const SCAN = 0xda;
const JFIF = 0xe0;
/** Baseline, extended and progressive frames: those that browsers show. */
const FRAMES: readonly number[] = [0xc0, 0xc1, 0xc2];
/** What a picture cannot do without: Huffman tables, quantisation tables, restart intervals, scans. */
const NEEDED: readonly number[] = [...FRAMES, 0xc4, SCAN, 0xdb, 0xdd];
/** A JFIF part without a picture inside the picture, with its marker. */
const JFIF_BYTES = 18;

/** A part: its marker, and where it stands; a scan goes until the next marker. */
interface JpegPart {
  marker: number;
  from: number;
  until: number;
}

/** A file by its parts, without its begin and end. Pixels whole. */
export interface Jpeg {
  parts: readonly JpegPart[];
  widthPx: number;
  heightPx: number;
}

const byteAt = (bytes: Uint8Array, at: number): number => bytes[at] ?? -1;
const numberAt = (bytes: Uint8Array, at: number): number => byteAt(bytes, at) * 256 + byteAt(bytes, at + 1);
const isMarker = (bytes: Uint8Array, at: number, marker: number): boolean =>
  byteAt(bytes, at) === 0xff && byteAt(bytes, at + 1) === marker;

/** True where a byte 0xFF belongs to the scan: it is a stuffed one, or begins a restart. */
const isOfScan = (next: number): boolean => next === 0 || (next >= 0xd0 && next <= 0xd7);

/** Where the bytes of a scan end: at the next marker, or with the file. */
const endOfScan = (bytes: Uint8Array, from: number): number => {
  let at = from;
  while (at < bytes.length && (byteAt(bytes, at) !== 0xff || isOfScan(byteAt(bytes, at + 1)))) at += 1;
  return at;
};

const partAt = (bytes: Uint8Array, from: number): JpegPart | undefined => {
  const marker = byteAt(bytes, from + 1);
  const head = from + 2 + numberAt(bytes, from + 2);
  if (byteAt(bytes, from) !== 0xff || head < from + 4 || head > bytes.length) return undefined;
  return { marker, from, until: marker === SCAN ? endOfScan(bytes, head) : head };
};

/** The parts of a file that is one JPEG from its first byte to its last; undefined for any other. */
export const readJpeg = (bytes: Uint8Array): Jpeg | undefined => {
  if (!isMarker(bytes, 0, BEGIN)) return undefined;
  const parts: JpegPart[] = [];
  let at = 2;
  while (!isMarker(bytes, at, END)) {
    const part = partAt(bytes, at);
    if (part === undefined) return undefined;
    parts.push(part);
    at = part.until;
  }
  const [frame, second] = parts.filter(({ marker }) => FRAMES.includes(marker));
  if (at + 2 !== bytes.length || frame === undefined || second !== undefined) return undefined;
  if (!parts.some(({ marker }) => marker === SCAN)) return undefined;
  return { parts, heightPx: numberAt(bytes, frame.from + 5), widthPx: numberAt(bytes, frame.from + 7) };
};

const isNeeded = ({ marker, from, until }: JpegPart): boolean =>
  NEEDED.includes(marker) || (marker === JFIF && until - from <= JFIF_BYTES);

/** True where nothing stands in a file but the picture: no place, no camera, no words, no second picture. */
export const isPlain = ({ parts }: Jpeg): boolean => parts.every(isNeeded);

/** The same picture with nothing beside it; undefined where the bytes are no JPEG. */
export const plainJpeg = (bytes: Uint8Array): Uint8Array | undefined => {
  const kept = readJpeg(bytes)?.parts.filter(isNeeded);
  if (kept === undefined) return undefined;
  return Uint8Array.from([
    0xff,
    BEGIN,
    ...kept.flatMap(({ from, until }) => [...bytes.subarray(from, until)]),
    0xff,
    END,
  ]);
};
