import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { GENESIS, digestOf, linkOf } from './chain.ts';
import { type Checkpoint, writeCheckpoint } from './checkpoint.ts';
import { printDigest } from './digest.ts';
import { inclusionProof } from './inclusion-proof.ts';
import { type AccountState, leafHashOf } from './leaf.ts';
import { appendLeaf, emptyLog, rootOf } from './merkle-log.ts';
import { signedNote } from './signed-note.ts';
import { ed25519Signer, newKeyPem, signatureBy } from './signer.ts';
import { hashesFromTiles } from './tile.ts';
import { printVerifierKey } from './verifier-key.ts';
import { type WrittenProof, presentProof, verifyProof } from './verify-proof.ts';

const signer = ed25519Signer({ name: 'time-bank.example/ledger', privateKeyPem: newKeyPem() });
const key = printVerifierKey(signer);

const stateOf = (account: number): AccountState => {
  const entryDigest = digestOf('time-bank:entry:v1', { amountMinutes: account + 1 });
  const accountId = `acc_${String(account)}`;
  return {
    accountId,
    sequence: 1,
    link: linkOf({ accountId, number: 1, previous: GENESIS, entryDigest }),
    headDigest: digestOf('time-bank:head:v1', { availableMinutes: account + 1, heldMinutes: 0 }),
  };
};

const SIZE = 11;
const accounts = Array.from({ length: SIZE }, (_, account) => stateOf(account));
const leaves = accounts.map(leafHashOf);
const body: Checkpoint = {
  origin: signer.name,
  size: SIZE,
  root: rootOf(leaves.reduce(appendLeaf, emptyLog())),
  at: '2026-11-21T02:30:00.000Z',
  previous: GENESIS,
};
const seal = async (of: Checkpoint): Promise<string> => {
  const text = writeCheckpoint(of);
  return signedNote(text, [await signatureBy(signer, text)]);
};
const read = hashesFromTiles((level) => Promise.resolve(level === 0 ? leaves : undefined));
const proofOf = async (leafIndex: number): Promise<WrittenProof> =>
  presentProof({
    leaf: accounts[leafIndex]!,
    leafIndex,
    treeSize: SIZE,
    path: await inclusionProof(read, { index: leafIndex, size: SIZE }),
    checkpoint: await seal(body),
  });

let proof: WrittenProof;
beforeAll(async () => {
  proof = await proofOf(5);
});

describe("a member's proof", () => {
  it('holds for every account of the log, after a journey as JSON', async () => {
    for (const [at, leaf] of accounts.entries()) {
      const written: unknown = JSON.parse(JSON.stringify(await proofOf(at)));
      expect(verifyProof(written, key)).toEqual({ kind: 'done', value: { leaf, checkpoint: body } });
    }
  });

  const other = printDigest(GENESIS);
  it.each<[string, (of: WrittenProof) => unknown, string]>([
    ['is no object', () => null, 'malformed_proof'],
    ['has an unknown field', (of) => ({ ...of, more: 1 }), 'malformed_proof'],
    ['lacks its path', ({ path: _, ...rest }) => rest, 'malformed_proof'],
    ['has a place below zero', (of) => ({ ...of, leafIndex: -1 }), 'malformed_proof'],
    ['has a place as text', (of) => ({ ...of, leafIndex: '5' }), 'malformed_proof'],
    ['has no leaves', (of) => ({ ...of, treeSize: 0 }), 'malformed_proof'],
    ['has a path of 54 digests', (of) => ({ ...of, path: Array(54).fill(other) }), 'malformed_proof'],
    [
      'has a digest with padding',
      (of) => ({ ...of, path: of.path.map((each) => `${each}=`) }),
      'malformed_proof',
    ],
    [
      'has a note of 131,073 characters',
      (of) => ({ ...of, checkpoint: 'a'.repeat(131_073) }),
      'malformed_proof',
    ],
    ['has a note that is none', (of) => ({ ...of, checkpoint: 'a' }), 'no_final_newline'],
    [
      'has a note of another size',
      (of) => ({ ...of, checkpoint: of.checkpoint.replace('\n11\n', '\n12\n') }),
      'wrong_signature',
    ],
    ['says another size', (of) => ({ ...of, treeSize: 12 }), 'other_tree_size'],
    ['says a place outside the log', (of) => ({ ...of, leafIndex: 11 }), 'leaf_outside_tree'],
    ['says another place', (of) => ({ ...of, leafIndex: 4 }), 'wrong_path'],
    ['has a shorter path', (of) => ({ ...of, path: of.path.slice(1) }), 'wrong_path'],
    ['has a longer path', (of) => ({ ...of, path: [...of.path, other] }), 'wrong_path'],
    ['has another path', (of) => ({ ...of, path: of.path.with(0, other) }), 'wrong_path'],
    ['names another account', (of) => ({ ...of, leaf: { ...of.leaf, accountId: 'acc_9' } }), 'wrong_path'],
    ['says another sequence', (of) => ({ ...of, leaf: { ...of.leaf, sequence: 2 } }), 'wrong_path'],
    ['says another link', (of) => ({ ...of, leaf: { ...of.leaf, link: other } }), 'wrong_path'],
    ['says another head', (of) => ({ ...of, leaf: { ...of.leaf, headDigest: other } }), 'wrong_path'],
  ])('that %s is refused as such', (_, change, word) => {
    expect(verifyProof(change(proof), key)).toEqual({ kind: 'misfit', misfit: word });
  });

  it('names the key first if that is none, and does not hold under another', () => {
    const stranger = ed25519Signer({ name: signer.name, privateKeyPem: newKeyPem() });
    expect(verifyProof(null, '')).toEqual({ kind: 'misfit', misfit: 'malformed_verifier_key' });
    expect(verifyProof(proof, printVerifierKey(stranger))).toEqual({
      kind: 'misfit',
      misfit: 'not_signed_by_key',
    });
  });

  it('does not hold once any single character of it is another one', () => {
    fc.assert(
      fc.property(fc.nat(), fc.string({ minLength: 1, maxLength: 1 }), (pick, character) => {
        const text = JSON.stringify(proof);
        const at = pick % text.length;
        const changed = `${text.slice(0, at)}${character}${text.slice(at + 1)}`;
        fc.pre(changed !== text);
        let written: unknown;
        try {
          written = JSON.parse(changed);
        } catch {
          return;
        }
        expect(verifyProof(written, key).kind).toBe('misfit');
      }),
      { numRuns: 500 },
    );
  });

  it('of an older checkpoint does not hold under a newer one', async () => {
    const newer = await seal({
      ...body,
      size: 12,
      root: rootOf([...leaves, GENESIS].reduce(appendLeaf, emptyLog())),
    });
    expect(verifyProof({ ...proof, checkpoint: newer }, key)).toEqual({
      kind: 'misfit',
      misfit: 'other_tree_size',
    });
    expect(verifyProof({ ...proof, checkpoint: newer, treeSize: 12 }, key)).toEqual({
      kind: 'misfit',
      misfit: 'wrong_path',
    });
  });

  it('is not presented out of its bounds', () => {
    expect(() =>
      presentProof({ leaf: accounts[0]!, leafIndex: -1, treeSize: 1, path: [], checkpoint: '' }),
    ).toThrow();
  });
});
