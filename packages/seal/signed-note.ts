/**
 * A signed note: a text, an empty line, then one line for each signature. Others, such as witnesses, may add their
 * lines to the same text; whoever reads looks only at lines of keys that they know.
 *
 *   the text, ending in a newline
 *
 *   — name base64(key id || signature)
 */
import * as z from 'zod/mini';
import { base64Of, printBase64 } from './base64.ts';
import { utf8 } from './fields.ts';
import { type Finding, fits, misfit } from './misfit.ts';
import { KEY_ID_BYTES, KeyName, type VerifierKey, isNamedBy, isSignedBy } from './verifier-key.ts';

/** The longest note that is read: 131,072 characters, room for 16 signatures of 5,000 bytes. */
export const NOTE_LENGTH_MAX = 131_072;

/** The most signatures that a note may carry: 16, as many as every reader has to take. Source: C2SP signed-note, "Format". */
export const SIGNATURES_MAX = 16;

/** The longest signature of any kind that is read, in bytes: the largest post-quantum ones have nearly 5,000. */
const SIGNATURE_BYTES_MAX = 5120;

/** A signature in a note. `keyId`: 4 bytes; `signature`: 1 to 5,120 bytes, 64 for Ed25519. */
export interface NoteSignature {
  name: string;
  keyId: Uint8Array;
  signature: Uint8Array;
}

/** A note taken apart. `text`: what was signed, with its last newline. */
export interface SignedNote {
  text: string;
  signatures: NoteSignature[];
}

const SignatureBytes = base64Of({ from: KEY_ID_BYTES + 1, to: KEY_ID_BYTES + SIGNATURE_BYTES_MAX });

const readLine = (line: string): NoteSignature | undefined => {
  const [dash, name, bytes, ...rest] = line.split(' ');
  const parts = [z.safeParse(KeyName, name), z.safeParse(SignatureBytes, bytes)] as const;
  if (dash !== '—' || !parts[0].success || !parts[1].success || rest.length > 0) return undefined;
  return {
    name: parts[0].data,
    keyId: parts[1].data.slice(0, KEY_ID_BYTES),
    signature: parts[1].data.slice(KEY_ID_BYTES),
  };
};

/**
 * Takes a note apart, without looking at what its text says or whether a signature is good.
 * Misfits: note_too_long, not_unicode, control_character (a carriage return is one), no_final_newline,
 * no_blank_line, no_signature, too_many_signatures, malformed_signature_line.
 * Source: C2SP signed-note, "Format".
 */
export const readNote = (note: string): Finding<SignedNote> => {
  if (note.length > NOTE_LENGTH_MAX) return misfit('note_too_long');
  if (!note.isWellFormed()) return misfit('not_unicode');
  // eslint-disable-next-line no-control-regex -- these are what is looked for
  if (/[\u0000-\u0009\u000b-\u001f]/.test(note)) return misfit('control_character');
  if (!note.endsWith('\n')) return misfit('no_final_newline');
  const end = note.lastIndexOf('\n\n');
  if (end < 1) return misfit('no_blank_line');
  const lines = note.slice(end + 2, -1).split('\n');
  if (lines.length === 1 && lines[0] === '') return misfit('no_signature');
  if (lines.length > SIGNATURES_MAX) return misfit('too_many_signatures');
  const signatures = lines.map(readLine).filter((signature) => signature !== undefined);
  if (signatures.length < lines.length) return misfit('malformed_signature_line');
  return fits({ text: note.slice(0, end + 1), signatures });
};

/**
 * Text and signatures as one note. Throws where `readNote` would not give the same text and signatures back.
 * Source: C2SP signed-note, "Format".
 */
export const signedNote = (text: string, signatures: readonly NoteSignature[]): string => {
  const lines = signatures.map(
    ({ name, keyId, signature }) => `— ${name} ${printBase64(Buffer.concat([keyId, signature]))}\n`,
  );
  const note = `${text}\n${lines.join('')}`;
  const read = readNote(note);
  if (read.kind === 'misfit') throw new Error(`this cannot be a signed note: ${read.misfit}`);
  if (read.value.text !== text || read.value.signatures.length !== signatures.length) {
    throw new Error('this note would be read as another one');
  }
  return note;
};

/**
 * Whether a note is signed by `key`: at least one line names it, and every line that names it is good. Lines of
 * other keys are passed over. Misfits: not_signed_by_key, wrong_signature. Source: C2SP signed-note, "Signatures".
 */
export const verifyNote = (note: SignedNote, key: VerifierKey): Finding<SignedNote> => {
  const own = note.signatures.filter((signature) => isNamedBy(key, signature));
  if (own.length === 0) return misfit('not_signed_by_key');
  const message = utf8(note.text);
  const good = own.every(({ signature }) => isSignedBy(key.publicKey, { message, signature }));
  return good ? fits(note) : misfit('wrong_signature');
};
