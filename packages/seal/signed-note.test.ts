import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readNote, signedNote, verifyNote } from './signed-note.ts';
import { ed25519Signer, newKeyPem, signatureBy } from './signer.ts';
import { type VerifierKey, keyIdOf, parseVerifierKey, printVerifierKey } from './verifier-key.ts';

// Published with Go's sumdb/note: a verifier key and a note that it verifies.
const PUBLISHED_KEY = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
const PUBLISHED_NOTE =
  'This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n';

const keyOf = (text: string): VerifierKey => {
  const key = parseVerifierKey(text);
  if (key.kind === 'misfit') throw new Error(key.misfit);
  return key.value;
};
const check = (note: string, key: string) => {
  const read = readNote(note);
  return read.kind === 'misfit' ? read : verifyNote(read.value, keyOf(key));
};

const NAME = 'time-bank.example/ledger';
const signer = ed25519Signer({ name: NAME, privateKeyPem: newKeyPem() });
const key = printVerifierKey(signer);
const line = (bytes: Uint8Array, name = NAME): string =>
  `— ${name} ${Buffer.from(bytes).toString('base64')}\n`;
const TEXT = 'a text\n';
const good = signedNote(TEXT, [await signatureBy(signer, TEXT)]);
const unknown = line(new Uint8Array(80), 'witness.example');

describe('a signed note', () => {
  it('that was published verifies under the published key', () => {
    expect(check(PUBLISHED_NOTE, PUBLISHED_KEY)).toMatchObject({
      kind: 'done',
      value: { text: 'This is an example message.\n' },
    });
    expect(check(PUBLISHED_NOTE.replace('example m', 'example n'), PUBLISHED_KEY)).toEqual({
      kind: 'misfit',
      misfit: 'wrong_signature',
    });
  });

  it('verifies under the key that signed it, whatever others have added', () => {
    expect(check(good, key)).toMatchObject({ kind: 'done', value: { text: TEXT } });
    expect(check(good + unknown, key)).toMatchObject({ kind: 'done' });
    expect(check(good.replace('\n\n', `\n\n${unknown}`), key)).toMatchObject({ kind: 'done' });
  });

  it('may have empty lines in its text: the last one parts text and signatures', async () => {
    const text = 'one\n\ntwo\n';
    const note = signedNote(text, [await signatureBy(signer, text)]);
    expect(check(note, key)).toMatchObject({ kind: 'done', value: { text } });
  });

  const sixteen = good + unknown.repeat(15);
  it('takes sixteen signatures', () => {
    expect(check(sixteen, key)).toMatchObject({ kind: 'done' });
  });

  it.each<[string, string, string]>([
    ['more than 131,072 characters', `${'a'.repeat(131_072)}${good}`, 'note_too_long'],
    ['a lone surrogate', `\ud800${good}`, 'not_unicode'],
    ['carriage returns', good.replaceAll('\n', '\r\n'), 'control_character'],
    ['a tab', `\t${good}`, 'control_character'],
    ['a zero character', `\u0000${good}`, 'control_character'],
    ['no newline at its end', good.slice(0, -1), 'no_final_newline'],
    ['something behind it', `${good}more`, 'no_final_newline'],
    ['nothing in it', '', 'no_final_newline'],
    ['a line behind it', `${good}more\n`, 'malformed_signature_line'],
    ['no blank line', good.replace('\n\n', '\n'), 'no_blank_line'],
    ['no text', `\n${good.slice(TEXT.length + 1)}`, 'no_blank_line'],
    ['a blank line only', '\n\n', 'no_blank_line'],
    ['no signature', `${TEXT}\n\n`, 'no_signature'],
    ['nothing after its text', `${TEXT}\n`, 'no_signature'],
    ['a blank line behind it', `${good}\n`, 'no_signature'],
    ['seventeen signatures', sixteen + unknown, 'too_many_signatures'],
    ['a hyphen for a dash', good.replace('— ', '- '), 'malformed_signature_line'],
    ['two blanks after the dash', good.replace('— ', '—  '), 'malformed_signature_line'],
    ['a blank behind a signature', good.replace(/\n$/, ' \n'), 'malformed_signature_line'],
    ['no key name', good.replace(`${NAME} `, ''), 'malformed_signature_line'],
    ['a plus in a key name', good.replace(NAME, 'a+b'), 'malformed_signature_line'],
    ['an ideographic space in a key name', good.replace(NAME, 'a\u3000b'), 'malformed_signature_line'],
    ['a key name of 129 characters', good.replace(NAME, 'a'.repeat(129)), 'malformed_signature_line'],
    ['padding missing', `${TEXT}\n${line(new Uint8Array(68)).replace('=', '')}`, 'malformed_signature_line'],
    [
      'padding too much',
      `${TEXT}\n${line(new Uint8Array(69)).replace(/\n$/, '=\n')}`,
      'malformed_signature_line',
    ],
    [
      'a second spelling',
      `${TEXT}\n${line(new Uint8Array(68)).replace('A=', 'B=')}`,
      'malformed_signature_line',
    ],
    [
      'the other alphabet',
      `${TEXT}\n${line(new Uint8Array(69)).replace('AA', '_-')}`,
      'malformed_signature_line',
    ],
    ['a key id and no signature', `${TEXT}\n${line(new Uint8Array(4))}`, 'malformed_signature_line'],
    ['a signature of 5,121 bytes', `${TEXT}\n${line(new Uint8Array(5125))}`, 'malformed_signature_line'],
  ])('with %s is refused as such', (_, note, word) => {
    expect(readNote(note)).toEqual({ kind: 'misfit', misfit: word });
  });

  const keyId = keyIdOf(signer);
  const signature = Buffer.from(good.trim().split(' ').at(-1)!, 'base64').subarray(4);
  const withLine = (...parts: Uint8Array[]) => `${TEXT}\n${line(Buffer.concat(parts))}`;
  it.each<[string, string, string]>([
    ['the name of another key', good.replace(`— ${NAME}`, '— other.example'), 'not_signed_by_key'],
    ['the id of another key', withLine(Uint8Array.of(1, 2, 3, 4), signature), 'not_signed_by_key'],
    ['only unknown signatures', `${TEXT}\n${unknown}`, 'not_signed_by_key'],
    ['another text', good.replace('a text', 'a test'), 'wrong_signature'],
    ['a signature cut by a byte', withLine(keyId, signature.subarray(1)), 'wrong_signature'],
    ['a signature longer by a byte', withLine(keyId, signature, Uint8Array.of(0)), 'wrong_signature'],
    [
      'a good and a wrong line of one key',
      good + line(Buffer.concat([keyId, new Uint8Array(64)])),
      'wrong_signature',
    ],
  ])('with %s is not taken', (_, note, word) => {
    expect(check(note, key)).toEqual({ kind: 'misfit', misfit: word });
  });

  it('fails when any bit of its signature is turned', () => {
    for (let bit = 0; bit < 512; bit += 1) {
      const other = Buffer.from(signature);
      other[bit >> 3]! ^= 1 << (bit & 7);
      expect(check(withLine(keyId, other), key)).toEqual({ kind: 'misfit', misfit: 'wrong_signature' });
    }
  });

  it.each<[string, string, { name: string; keyId: Uint8Array; signature: Uint8Array }[]]>([
    ['no signature', TEXT, []],
    ['a text without its newline', 'a text', [{ name: NAME, keyId, signature }]],
    ['a name with a blank', TEXT, [{ name: 'a b', keyId, signature }]],
    ['a name that adds a line', TEXT, [{ name: `a AAAAAAA=\n— b`, keyId, signature }]],
    ['seventeen signatures', TEXT, Array(17).fill({ name: NAME, keyId, signature })],
  ])('is not written with %s', (_, text, signatures) => {
    expect(() => signedNote(text, signatures)).toThrow();
  });
});

describe('a verifier key', () => {
  it('that was published reads and prints as it stands', () => {
    expect(printVerifierKey(keyOf(PUBLISHED_KEY))).toBe(PUBLISHED_KEY);
  });

  it('has the first four bytes of the specified hash as its id', () => {
    const hashed = createHash('sha256').update(`${NAME}\n\u0001`).update(signer.publicKey).digest();
    expect(Buffer.from(keyOf(key).keyId)).toEqual(hashed.subarray(0, 4));
  });

  const [name, id, bytes] = PUBLISHED_KEY.split('+');
  it.each([
    ['nothing', ''],
    ['no key id', `${name!}+${bytes!}`],
    ['the key id of another name', `${name!}2+${id!}+${bytes!}`],
    ['another key id', `${name!}+00000000+${bytes!}`],
    ['a key id in capitals', PUBLISHED_KEY.replace('530d903a', '530D903A')],
    ['another algorithm', `${name!}+${id!}+${bytes!.replace(/^A/, 'B')}`],
    ['a key too short', PUBLISHED_KEY.slice(0, -4)],
    ['a name with a blank', `a b+${id!}+${bytes!}`],
    ['a newline behind it', `${PUBLISHED_KEY}\n`],
  ])('with %s is refused', (_, text) => {
    expect(parseVerifierKey(text)).toEqual({ kind: 'misfit', misfit: 'malformed_verifier_key' });
  });

  it('is not printed for a name that is none or a key of another length', () => {
    expect(() => printVerifierKey({ name: 'a b', publicKey: new Uint8Array(32) })).toThrow();
    expect(() => printVerifierKey({ name: NAME, publicKey: new Uint8Array(31) })).toThrow('32 bytes');
  });
});

describe('a signer', () => {
  it('that signs with another key than it names is stopped', async () => {
    const other = ed25519Signer({ name: NAME, privateKeyPem: newKeyPem() });
    await expect(signatureBy({ ...signer, sign: other.sign }, TEXT)).rejects.toThrow('does not sign');
    await expect(
      signatureBy({ ...signer, sign: () => Promise.resolve(new Uint8Array(63)) }, TEXT),
    ).rejects.toThrow('does not sign');
  });

  it('is not made of a name that is none or of what is no key', () => {
    expect(() => ed25519Signer({ name: 'a+b', privateKeyPem: newKeyPem() })).toThrow();
    expect(() => ed25519Signer({ name: NAME, privateKeyPem: 'no key' })).toThrow();
  });
});
