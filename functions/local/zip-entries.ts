/**
 * The entries of a zip file, by its central directory: how large they say they are is looked at before anything is
 * unpacked, and nothing is unpacked beyond it. Source: PKWARE APPNOTE 6.3.10, sections 4.3 and 4.4.
 */
import { crc32, inflateRawSync } from 'node:zlib';

/** How much a workbook may hold when it is unpacked: 256 MiB in at most 1,000 entries. */
export const unpackedLimits = { bytesMax: 256 * 1024 * 1024, entriesMax: 1000 } as const;

/** An entry as the directory tells of it. `at`: where its own heading begins. */
interface Listed {
  name: string;
  method: number;
  packed: number;
  size: number;
  at: number;
}

/** What a zip file holds, or why it is not read. */
export type Unpacked =
  { kind: 'entries'; entries: Map<string, Buffer> } | { kind: 'too_large' } | { kind: 'no_zip' };

const END = 0x06054b50;
const LISTED = 0x02014b50;
const LOCAL = 0x04034b50;
const [STORED, DEFLATED] = [0, 8];
const END_BYTES = 22;
const COMMENT_MAX = 0xffff;

const endOf = (zip: Buffer): number | undefined => {
  for (let at = zip.length - END_BYTES; at >= Math.max(0, zip.length - END_BYTES - COMMENT_MAX); at -= 1) {
    if (zip.readUInt32LE(at) === END) return at;
  }
  return undefined;
};

/** The directory; undefined where it is none, or one of a form that no spreadsheet program writes. */
const directoryOf = (zip: Buffer): Listed[] | undefined => {
  const end = endOf(zip);
  if (end === undefined) return undefined;
  const count = zip.readUInt16LE(end + 10);
  if (count > unpackedLimits.entriesMax) return undefined;
  const listed: Listed[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let entry = 0; entry < count; entry += 1) {
    if (at + 46 > end || zip.readUInt32LE(at) !== LISTED) return undefined;
    const isEncrypted = (zip.readUInt16LE(at + 8) & 1) === 1;
    const [nameBytes, extra, comment] = [28, 30, 32].map((field) => zip.readUInt16LE(at + field));
    if (isEncrypted || nameBytes === undefined || extra === undefined || comment === undefined)
      return undefined;
    listed.push({
      name: zip.toString('utf8', at + 46, at + 46 + nameBytes),
      method: zip.readUInt16LE(at + 10),
      packed: zip.readUInt32LE(at + 20),
      size: zip.readUInt32LE(at + 24),
      at: zip.readUInt32LE(at + 42),
    });
    at += 46 + nameBytes + extra + comment;
  }
  return listed;
};

const unpack = (zip: Buffer, { method, packed, size, at }: Listed): Buffer | undefined => {
  if (at + 30 > zip.length || zip.readUInt32LE(at) !== LOCAL) return undefined;
  const from = at + 30 + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28);
  const bytes = zip.subarray(from, from + packed);
  if (bytes.length !== packed) return undefined;
  if (method === STORED) return packed === size ? bytes : undefined;
  if (method !== DEFLATED) return undefined;
  const content = inflateRawSync(bytes, { maxOutputLength: Math.max(size, 1) });
  return content.length === size ? content : undefined;
};

/** Unpacks the entries that `isWanted` names. Never more bytes than the directory says, and never above the limit. */
export const unpackZip = (bytes: Uint8Array, isWanted: (name: string) => boolean): Unpacked => {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const listed = directoryOf(zip);
    if (listed === undefined) return { kind: 'no_zip' };
    const total = listed.reduce((sum, { size }) => sum + size, 0);
    if (total > unpackedLimits.bytesMax) return { kind: 'too_large' };
    const entries = new Map<string, Buffer>();
    for (const entry of listed.filter(({ name }) => isWanted(name))) {
      const content = unpack(zip, entry);
      if (content === undefined || entries.has(entry.name)) return { kind: 'no_zip' };
      entries.set(entry.name, content);
    }
    return { kind: 'entries', entries };
  } catch (error) {
    // A place beyond the end of the file, a stream that is none, or more than was declared.
    if (!(error instanceof Error)) throw error;
    return { kind: 'no_zip' };
  }
};

const headOf = (name: string, content: Buffer): Buffer => {
  const head = Buffer.alloc(26);
  head.writeUInt16LE(20, 0);
  head.writeUInt32LE(crc32(content), 10);
  head.writeUInt32LE(content.length, 14);
  head.writeUInt32LE(content.length, 18);
  head.writeUInt16LE(Buffer.byteLength(name), 22);
  return head;
};

const signed = (signature: number, ...parts: Buffer[]): Buffer => {
  const sign = Buffer.alloc(4);
  sign.writeUInt32LE(signature);
  return Buffer.concat([sign, ...parts]);
};

/** A zip file with these entries as they are, unpacked: what was looked at is what is read. */
export const storedZip = (entries: ReadonlyMap<string, Buffer>): Buffer => {
  const [locals, listed]: [Buffer[], Buffer[]] = [[], []];
  let at = 0;
  for (const [name, content] of entries) {
    const head = headOf(name, content);
    const local = Buffer.concat([signed(LOCAL, head, Buffer.from(name)), content]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    const madeBy = Buffer.from([20, 0]);
    listed.push(signed(LISTED, madeBy, head, place, Buffer.from(name)));
    locals.push(local);
    at += local.length;
  }
  const directory = Buffer.concat(listed);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.size, 4);
  end.writeUInt16LE(entries.size, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...locals, directory, signed(END, end)]);
};
