/**
 * A checkpoint: how large a log was at an instant and what its root was, signed. Each names the one before it, so
 * whoever keeps one checkpoint can tell whether an earlier one was taken back.
 *
 *   time-bank.example/ledger                                        origin: which log
 *   1290                                                            size: how many leaves
 *   CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=                     root, standard base64
 *   at 2026-11-21T02:30:00.000Z after 0aJ…=                         instant, and SHA-256 of the text before this
 *
 *   — time-bank.example/ledger 3q2+7w…
 */
import * as z from 'zod/mini';
import { base64Of } from './base64.ts';
import { DIGEST_BYTES, type Digest, sameBytes, sha256 } from './digest.ts';
import { utf8 } from './fields.ts';
import { type Finding, fits, misfit } from './misfit.ts';
import { type SignedNote, readNote, verifyNote } from './signed-note.ts';
import { emptyRoot } from './tree-hash.ts';
import { isSize } from './tree-shape.ts';
import { KeyName, parseVerifierKey } from './verifier-key.ts';

/**
 * What a checkpoint says. `origin`: the name of the log and of its key. `size`: leaves, 0 to 2^53-1. `root`: 32
 * bytes, of the empty tree if `size` is 0. `at`: UTC to the millisecond, e.g. `2026-11-21T02:30:00.000Z`.
 * `previous`: `checkpointDigest` of the checkpoint before, `GENESIS` for the first; 32 bytes.
 */
export interface Checkpoint {
  origin: string;
  size: number;
  root: Digest;
  at: string;
  previous: Digest;
}

/** A note that was read as a checkpoint. Says nothing of its signatures. */
export interface CheckpointNote extends SignedNote {
  checkpoint: Checkpoint;
}

const Base64Digest = base64Of({ from: DIGEST_BYTES, to: DIGEST_BYTES });

const Size = z.codec(
  z.string().check(z.maxLength(16), z.regex(/^(0|[1-9]\d*)$/)),
  z.number().check(z.refine(isSize)),
  { decode: Number, encode: String },
);

const At = z.iso.datetime({ precision: 3 }).check(z.maxLength(24));

const EXTENSION = /^at (?<at>\S+) after (?<previous>\S+)$/;

const readText = (text: string): Finding<Checkpoint> => {
  const lines = text.slice(0, -1).split('\n');
  if (lines.length !== 4) return misfit('wrong_number_of_lines');
  const { at, previous } = EXTENSION.exec(lines[3] ?? '')?.groups ?? {};
  const parts = {
    origin: z.safeParse(KeyName, lines[0]),
    size: z.safeParse(Size, lines[1]),
    root: z.safeParse(Base64Digest, lines[2]),
    at: z.safeParse(At, at),
    previous: z.safeParse(Base64Digest, previous),
  };
  if (!parts.origin.success) return misfit('malformed_origin');
  if (!parts.size.success) return misfit('malformed_size');
  if (!parts.root.success) return misfit('malformed_root');
  if (parts.size.data === 0 && !sameBytes(parts.root.data, emptyRoot())) return misfit('malformed_root');
  if (!parts.at.success || !parts.previous.success) return misfit('malformed_extension');
  return fits({
    origin: parts.origin.data,
    size: parts.size.data,
    root: parts.root.data,
    at: parts.at.data,
    previous: parts.previous.data,
  });
};

/**
 * The text to sign: four lines, each ending in a newline. Throws on a checkpoint that could not be read back.
 * Source: C2SP tlog-checkpoint, "Note text"; the fourth line is an extension line of our own.
 */
export const writeCheckpoint = ({ origin, size, root, at, previous }: Checkpoint): string => {
  const text = [
    origin,
    z.encode(Size, size),
    z.encode(Base64Digest, root),
    `at ${at} after ${z.encode(Base64Digest, previous)}`,
    '',
  ].join('\n');
  const read = readText(text);
  if (read.kind === 'misfit') throw new Error(`this cannot be a checkpoint: ${read.misfit}`);
  return text;
};

/** What the next checkpoint says of this one: SHA-256 over its text as it was signed, 32 bytes. */
export const checkpointDigest = (text: string): Digest => sha256(utf8(text));

/**
 * Takes a checkpoint apart without trusting it. Misfits: those of `readNote`, then wrong_number_of_lines,
 * malformed_origin, malformed_size, malformed_root, malformed_extension.
 * Source: C2SP tlog-checkpoint, "Note text".
 */
export const readCheckpoint = (note: string): Finding<CheckpointNote> => {
  const read = readNote(note);
  if (read.kind === 'misfit') return read;
  const checkpoint = readText(read.value.text);
  return checkpoint.kind === 'misfit' ? checkpoint : fits({ ...read.value, checkpoint: checkpoint.value });
};

/**
 * What a checkpoint says, after its log's signature was found good. `verifierKey`: `<name>+<key id>+<key>`, got
 * from somewhere else than the note. Signatures of other keys are passed over.
 * Misfits: malformed_verifier_key, those of `readCheckpoint`, other_origin (the key is another log's),
 * not_signed_by_key, wrong_signature. Source: C2SP signed-note, "Signatures".
 */
export const verifyCheckpoint = (note: string, verifierKey: string): Finding<Checkpoint> => {
  const key = parseVerifierKey(verifierKey);
  if (key.kind === 'misfit') return key;
  const read = readCheckpoint(note);
  if (read.kind === 'misfit') return read;
  const { checkpoint } = read.value;
  if (checkpoint.origin !== key.value.name) return misfit('other_origin');
  const verified = verifyNote(read.value, key.value);
  return verified.kind === 'misfit' ? verified : fits(checkpoint);
};
