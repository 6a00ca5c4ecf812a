import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GENESIS } from './chain.ts';
import {
  type Checkpoint,
  checkpointDigest,
  readCheckpoint,
  verifyCheckpoint,
  writeCheckpoint,
} from './checkpoint.ts';
import { sha256 } from './digest.ts';
import { signedNote } from './signed-note.ts';
import { ed25519Signer, newKeyPem, signatureBy } from './signer.ts';
import { printVerifierKey } from './verifier-key.ts';

const ORIGIN = 'time-bank.example/ledger';
const signer = ed25519Signer({ name: ORIGIN, privateKeyPem: newKeyPem() });
const key = printVerifierKey(signer);

const checkpoint: Checkpoint = {
  origin: ORIGIN,
  size: 1290,
  root: sha256(Uint8Array.of(1)),
  at: '2026-11-21T02:30:00.000Z',
  previous: GENESIS,
};
const text = writeCheckpoint(checkpoint);
const signText = async (of: string, by = signer) => signedNote(of, [await signatureBy(by, of)]);
const note = await signText(text);

describe('a checkpoint', () => {
  it('is four lines that people can read', () => {
    const root = Buffer.from(checkpoint.root).toString('base64');
    const previous = Buffer.from(GENESIS).toString('base64');
    expect(text).toBe(`${ORIGIN}\n1290\n${root}\nat 2026-11-21T02:30:00.000Z after ${previous}\n`);
  });

  it('comes back from its signed note as it was', async () => {
    const digests = fc.uint8Array({ minLength: 32, maxLength: 32 });
    const bodies = fc.record({
      size: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
      root: digests,
      at: fc
        .date({ min: new Date(0), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true })
        .map((date) => date.toISOString()),
      previous: digests,
    });
    await fc.assert(
      fc.asyncProperty(bodies, async (body) => {
        const each = { origin: ORIGIN, ...body };
        expect(verifyCheckpoint(await signText(writeCheckpoint(each)), key)).toEqual({
          kind: 'done',
          value: each,
        });
      }),
    );
  });

  it('names the one before it by the hash of its signed text', () => {
    const next = { ...checkpoint, size: 1300, previous: checkpointDigest(text) };
    expect(checkpointDigest(text)).toEqual(sha256(Buffer.from(text)));
    expect(writeCheckpoint(next)).not.toBe(text);
  });

  it('may carry the lines of witnesses', async () => {
    const witness = ed25519Signer({ name: 'witness.example', privateKeyPem: newKeyPem() });
    const both = signedNote(text, [await signatureBy(witness, text), await signatureBy(signer, text)]);
    expect(verifyCheckpoint(both, key)).toEqual({ kind: 'done', value: checkpoint });
  });

  it('of an empty log has the root of nothing', async () => {
    const empty = { ...checkpoint, size: 0, root: sha256() };
    expect(verifyCheckpoint(await signText(writeCheckpoint(empty)), key)).toMatchObject({ kind: 'done' });
    expect(() => writeCheckpoint({ ...checkpoint, size: 0 })).toThrow('malformed_root');
  });

  const [origin, size, root, extension] = text.split('\n');
  const lines = (of: { origin?: string; size?: string; root?: string; extension?: string }) =>
    `${[of.origin ?? origin, of.size ?? size, of.root ?? root, of.extension ?? extension].join('\n')}\n`;
  const spare = (digest: string): string =>
    digest.replace(/(.)=$/, (_, last: string) => `${String.fromCharCode(last.charCodeAt(0) + 1)}=`);

  it.each<[string, string, string]>([
    ['two lines', `${origin!}\n${size!}\n`, 'wrong_number_of_lines'],
    ['no extension line', `${origin!}\n${size!}\n${root!}\n`, 'wrong_number_of_lines'],
    ['a second extension line', `${text}more\n`, 'wrong_number_of_lines'],
    ['an empty line behind it', `${text}\n`, 'wrong_number_of_lines'],
    ['no origin', lines({ origin: '' }), 'malformed_origin'],
    ['a blank in its origin', lines({ origin: 'a b' }), 'malformed_origin'],
    ['no size', lines({ size: '' }), 'malformed_size'],
    ['a size with a leading zero', lines({ size: '01290' }), 'malformed_size'],
    ['a size with a sign', lines({ size: '+1290' }), 'malformed_size'],
    ['a size below zero', lines({ size: '-1' }), 'malformed_size'],
    ['a size with a fraction', lines({ size: '1290.0' }), 'malformed_size'],
    ['a size with an exponent', lines({ size: '1e3' }), 'malformed_size'],
    ['a size in other digits', lines({ size: '１２９０' }), 'malformed_size'],
    ['a size with a blank', lines({ size: '1290 ' }), 'malformed_size'],
    ['a size beyond 2^53-1', lines({ size: '9007199254740992' }), 'malformed_size'],
    ['a size of seventeen digits', lines({ size: '10000000000000000' }), 'malformed_size'],
    ['no root', lines({ root: '' }), 'malformed_root'],
    ['a root without padding', lines({ root: root!.slice(0, -1) }), 'malformed_root'],
    ['a root with too much padding', lines({ root: `${root!}=` }), 'malformed_root'],
    ['a root in a second spelling', lines({ root: spare(root!) }), 'malformed_root'],
    ['a root in the other alphabet', lines({ root: `-_${root!.slice(2)}` }), 'malformed_root'],
    ['a root of 31 bytes', lines({ root: Buffer.alloc(31).toString('base64') }), 'malformed_root'],
    ['a root of 33 bytes', lines({ root: Buffer.alloc(33).toString('base64') }), 'malformed_root'],
    ['a root for no leaves', lines({ size: '0' }), 'malformed_root'],
    [
      'an extension of other words',
      lines({ extension: extension!.replace('after', 'before') }),
      'malformed_extension',
    ],
    [
      'an instant without milliseconds',
      lines({ extension: extension!.replace('.000', '') }),
      'malformed_extension',
    ],
    [
      'an instant of another zone',
      lines({ extension: extension!.replace('Z', '+08:00') }),
      'malformed_extension',
    ],
    [
      'an instant that never was',
      lines({ extension: extension!.replace('-21T', '-31T') }),
      'malformed_extension',
    ],
    ['an hour 24', lines({ extension: extension!.replace('T02', 'T24') }), 'malformed_extension'],
    ['a previous one in a second spelling', lines({ extension: spare(extension!) }), 'malformed_extension'],
    [
      'two blanks in its extension',
      lines({ extension: extension!.replace(' after', '  after') }),
      'malformed_extension',
    ],
  ])('with %s is refused as such', async (_, written, word) => {
    expect(readCheckpoint(await signText(written))).toEqual({ kind: 'misfit', misfit: word });
    expect(verifyCheckpoint(await signText(written), key)).toEqual({ kind: 'misfit', misfit: word });
  });

  it.each<[string, string, string]>([
    ['carriage returns', note.replaceAll('\n', '\r\n'), 'control_character'],
    ['no blank line', note.replace('\n\n', '\n'), 'no_blank_line'],
    ['something behind it', `${note}x`, 'no_final_newline'],
    ['its end cut off', note.slice(0, -9), 'no_final_newline'],
    ['its signature cut off', note.slice(0, note.indexOf('—')), 'no_signature'],
    ['another size', note.replace('\n1290\n', '\n1291\n'), 'wrong_signature'],
    ['another instant', note.replace('02:30', '02:31'), 'wrong_signature'],
    ['another origin', note.replace(ORIGIN, 'other.example'), 'other_origin'],
    ['another key name', note.replace(`— ${ORIGIN}`, '— other.example'), 'not_signed_by_key'],
  ])('with %s is not verified', (_, written, word) => {
    expect(verifyCheckpoint(written, key)).toEqual({ kind: 'misfit', misfit: word });
  });

  it('is not verified under another key, nor under a key that is none', () => {
    const other = ed25519Signer({ name: ORIGIN, privateKeyPem: newKeyPem() });
    expect(verifyCheckpoint(note, printVerifierKey(other))).toEqual({
      kind: 'misfit',
      misfit: 'not_signed_by_key',
    });
    expect(verifyCheckpoint(note, 'no key')).toEqual({ kind: 'misfit', misfit: 'malformed_verifier_key' });
  });

  it('is not verified once any bit of its note is turned', () => {
    const bytes = Buffer.from(note);
    for (let bit = 0; bit < 8 * bytes.length; bit += 1) {
      const other = Buffer.from(bytes);
      other[bit >> 3]! ^= 1 << (bit & 7);
      expect(verifyCheckpoint(other.toString(), key).kind).toBe('misfit');
    }
  });

  it('of another log is named before its signature is looked at', async () => {
    const elsewhere = ed25519Signer({ name: 'other.example', privateKeyPem: newKeyPem() });
    expect(verifyCheckpoint(await signText(text, elsewhere), printVerifierKey(elsewhere))).toEqual({
      kind: 'misfit',
      misfit: 'other_origin',
    });
  });

  it.each<[string, Partial<Checkpoint>]>([
    ['an origin of two lines', { origin: `${ORIGIN}\n7` }],
    ['a size between two', { size: 0.5 }],
    ['a size beyond 2^53-1', { size: 2 ** 53 }],
    ['a root of 31 bytes', { root: new Uint8Array(31) }],
    ['an instant without milliseconds', { at: '2026-11-21T02:30:00Z' }],
    ['an instant of two lines', { at: '2026-11-21T02:30:00.000Z\n' }],
    ['a previous one of 33 bytes', { previous: new Uint8Array(33) }],
  ])('is not written with %s', (_, part) => {
    expect(() => writeCheckpoint({ ...checkpoint, ...part })).toThrow();
  });
});
