/**
 * The tree against the published vectors and against the definition of the RFC, written here once more in its own
 * recursive words; then every proof, and every proof with one bit turned.
 */
import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { consistencyProof, verifyConsistency } from './consistency-proof.ts';
import type { Digest } from './digest.ts';
import { inclusionProof, verifyInclusion } from './inclusion-proof.ts';
import { type LogState, appendLeaf, emptyLog, parseLogState, presentLogState, rootOf } from './merkle-log.ts';
import { type ReadTile, TILE_WIDTH, hashesFromTiles, tileOfLeaf } from './tile.ts';
import { completeRoot, leafHash, nodeHash } from './tree-hash.ts';
import { type ReadHash, SIZE_MAX, peaksOf, splitOf } from './tree-shape.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));
const hash = (...parts: Uint8Array[]): Digest =>
  new Uint8Array(createHash('sha256').update(Buffer.concat(parts)).digest());

// RFC 9162, sections 2.1.1, 2.1.3.1 and 2.1.4.1, over leaf hashes.
const kOf = (n: number): number => 2 ** (Math.ceil(Math.log2(n)) - 1);
const naiveRoot = (leaves: readonly Digest[]): Digest => {
  if (leaves.length <= 1) return leaves[0] ?? hash();
  const k = kOf(leaves.length);
  return hash(Uint8Array.of(1), naiveRoot(leaves.slice(0, k)), naiveRoot(leaves.slice(k)));
};
const naivePath = (m: number, leaves: readonly Digest[]): Digest[] => {
  if (leaves.length === 1) return [];
  const k = kOf(leaves.length);
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)];
  return m < k ? [...naivePath(m, left), naiveRoot(right)] : [...naivePath(m - k, right), naiveRoot(left)];
};
const naiveSubproof = (m: number, leaves: readonly Digest[], known: boolean): Digest[] => {
  if (m === leaves.length) return known ? [] : [naiveRoot(leaves)];
  const k = kOf(leaves.length);
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)];
  return m <= k
    ? [...naiveSubproof(m, left, known), naiveRoot(right)]
    : [...naiveSubproof(m - k, right, false), naiveRoot(left)];
};

const published = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const publishedLeaves = published.map((leaf) => leafHash(bytesOf(leaf)));
const publishedRoots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

const manyLeaves = Array.from({ length: 1200 }, (_, at) => leafHash(Uint8Array.of(at & 255, at >> 8)));
const states: LogState[] = [emptyLog()];
for (const leaf of manyLeaves) states.push(appendLeaf(states.at(-1)!, leaf));
const rootAt = (size: number): Digest => rootOf(states[size]!);

/** A store that keeps tiles of leaf hashes only, and counts what is read. */
const leafTiles = (leaves: readonly Digest[], seen: string[] = []): ReadTile => {
  return (level, index) => {
    if (level > 0) return Promise.resolve(undefined);
    seen.push(String(index));
    return Promise.resolve(leaves.slice(index * TILE_WIDTH, (index + 1) * TILE_WIDTH));
  };
};
const read = hashesFromTiles(leafTiles(manyLeaves));
const readPublished = hashesFromTiles(leafTiles(publishedLeaves));

const turn = (bytes: Uint8Array, bit: number): Uint8Array => {
  const other = bytes.slice();
  other[bit >> 3]! ^= 1 << (bit & 7);
  return other;
};
const turnAt = (path: readonly Digest[], at: number, bit: number): Digest[] =>
  path.with(at, turn(path[at]!, bit));
const bits = fc.nat({ max: 255 });
const sizes = fc.integer({ min: 1, max: 300 });
const places = sizes.chain((size) =>
  fc.record({ size: fc.constant(size), index: fc.nat({ max: size - 1 }) }),
);

describe('a log', () => {
  it.each(publishedRoots.map((root, size) => [size, root] as const))(
    'of the first %d published leaves has the published root',
    (size, root) => {
      expect(hex(rootOf(publishedLeaves.slice(0, size).reduce(appendLeaf, emptyLog())))).toBe(root);
    },
  );

  it('has the root of the definition at every size from 0 to 300', () => {
    for (let size = 0; size <= 300; size += 1) {
      expect(hex(rootAt(size))).toBe(hex(naiveRoot(manyLeaves.slice(0, size))));
    }
  });

  it('has the root of the definition for any leaves', () => {
    const leaves = fc.array(fc.uint8Array({ minLength: 32, maxLength: 32 }), { maxLength: 40 });
    fc.assert(
      fc.property(leaves, (list) => {
        expect(hex(rootOf(list.reduce(appendLeaf, emptyLog())))).toBe(hex(naiveRoot(list)));
      }),
    );
  });

  it('grows without changing the state it grew from', () => {
    const state = states[7]!;
    const before = JSON.stringify(presentLogState(state));
    appendLeaf(state, manyLeaves[7]!);
    expect(JSON.stringify(presentLogState(state))).toBe(before);
    expect(state.frontier).toHaveLength(3);
  });

  it('can be put down and taken up again at any size', () => {
    for (const state of states.slice(0, 301)) {
      expect(parseLogState(JSON.parse(JSON.stringify(presentLogState(state))))).toEqual(state);
    }
  });

  const written = presentLogState(states[3]!);
  it.each([
    ['a frontier too short for its size', { ...written, frontier: written.frontier.slice(1) }],
    ['a frontier too long for its size', { ...written, size: 4 }],
    ['a size below zero', { size: -1, frontier: [] }],
    ['a size that is not whole', { size: 1.5, frontier: written.frontier }],
    ['a size beyond 2^53-1', { size: 2 ** 53, frontier: written.frontier.slice(1) }],
    ['a hash with padding', { ...written, frontier: written.frontier.map((each) => `${each}=`) }],
    ['an unknown field', { ...written, root: '' }],
    ['no fields', []],
  ])('that is written with %s is refused', (_, other) => {
    expect(() => parseLogState(other)).toThrow();
  });

  it('takes no leaf hash of another length, no leaf when full, and no frontier that does not fit', () => {
    expect(() => appendLeaf(emptyLog(), new Uint8Array(31))).toThrow('31 bytes');
    expect(() => appendLeaf({ size: SIZE_MAX, frontier: [] }, manyLeaves[0]!)).toThrow('full');
    expect(() => appendLeaf({ size: 1, frontier: [] }, manyLeaves[0]!)).toThrow('shorter');
  });

  it('can be as large as 2^53-1: its last leaf joins up to 52 subtrees', () => {
    const frontier = manyLeaves.slice(0, 52);
    const full = appendLeaf({ size: SIZE_MAX - 1, frontier }, manyLeaves[60]!);
    expect(full).toEqual({ size: SIZE_MAX, frontier: [...frontier, manyLeaves[60]] });
    const joined = appendLeaf({ size: 2 ** 52 - 1, frontier }, manyLeaves[60]!);
    expect(joined.frontier).toHaveLength(1);
    expect(hex(rootOf(joined))).toBe(hex(rootOf({ size: 0, frontier: [...frontier, manyLeaves[60]!] })));
  });
});

describe('the shape of a tree', () => {
  it.each([
    [2, 1],
    [3, 2],
    [4, 2],
    [5, 4],
    [256, 128],
    [257, 256],
    [2 ** 52, 2 ** 51],
    [2 ** 52 + 1, 2 ** 52],
    [SIZE_MAX, 2 ** 52],
  ])('of %d leaves is split at %d', (count, split) => {
    expect(splitOf(count)).toBe(split);
  });

  it('covers a log with one complete subtree for each set bit of its size, without gap', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (end) => {
        const peaks = peaksOf({ start: 0, end });
        expect(peaks).toHaveLength(end.toString(2).replaceAll('0', '').length);
        let from = 0;
        for (const { level, index } of peaks) {
          expect(index * 2 ** level).toBe(from);
          from += 2 ** level;
        }
        expect(from).toBe(end);
      }),
    );
  });

  it('is complete only over a power of two of leaves', () => {
    expect(completeRoot(manyLeaves.slice(0, 256))).toEqual(rootAt(256));
    for (const count of [0, 3, 5, 6, 7, 12]) expect(() => completeRoot(manyLeaves.slice(0, count))).toThrow();
  });

  it('takes no child of another length', () => {
    expect(() => nodeHash(new Uint8Array(31), manyLeaves[0]!)).toThrow('left');
    expect(() => nodeHash(manyLeaves[0]!, new Uint8Array(33))).toThrow('right');
  });
});

describe('a proof of inclusion', () => {
  it.each<[number, number, string[]]>([
    [0, 1, []],
    [
      1,
      5,
      [
        '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      ],
    ],
    [2, 3, ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125']],
    [
      5,
      8,
      [
        'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
        'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
        'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      ],
    ],
  ])('of published leaf %d in a log of %d is the published one', async (index, size, path) => {
    const proof = await inclusionProof(readPublished, { index, size });
    expect(proof.map(hex)).toEqual(path);
    const root = bytesOf(publishedRoots[size]!);
    expect(verifyInclusion({ leaf: publishedLeaves[index]!, index, size, path: proof, root })).toBe(true);
  });

  it('is that of the definition and holds, for every leaf of every log up to 64 and at the edges of tiles', async () => {
    for (const size of [...Array(65).keys(), 255, 256, 257, 511, 512, 513, 1024, 1025, 1200]) {
      const root = rootAt(size);
      const indexes = size <= 64 ? [...Array(size).keys()] : [0, 1, 255, 256, size - 2, size - 1];
      for (const index of indexes.filter((each) => each < size)) {
        const path = await inclusionProof(read, { index, size });
        expect(path.map(hex)).toEqual(naivePath(index, manyLeaves.slice(0, size)).map(hex));
        expect(verifyInclusion({ leaf: manyLeaves[index]!, index, size, path, root })).toBe(true);
      }
    }
  });

  it('fails when any one bit of leaf, path or root is turned', async () => {
    await fc.assert(
      fc.asyncProperty(places, fc.nat(), bits, async ({ size, index }, pick, bit) => {
        const path = await inclusionProof(read, { index, size });
        const claim = { leaf: manyLeaves[index]!, index, size, path, root: rootAt(size) };
        expect(verifyInclusion(claim)).toBe(true);
        expect(verifyInclusion({ ...claim, leaf: turn(claim.leaf, bit) })).toBe(false);
        expect(verifyInclusion({ ...claim, root: turn(claim.root, bit) })).toBe(false);
        if (path.length > 0) {
          expect(verifyInclusion({ ...claim, path: turnAt(path, pick % path.length, bit) })).toBe(false);
        }
      }),
    );
  });

  it('fails in every single bit, for one leaf', async () => {
    const claim = { leaf: manyLeaves[5]!, index: 5, size: 11, root: rootAt(11) };
    const path = await inclusionProof(read, claim);
    for (let bit = 0; bit < 256; bit += 1) {
      expect(verifyInclusion({ ...claim, path, leaf: turn(claim.leaf, bit) })).toBe(false);
      expect(verifyInclusion({ ...claim, path, root: turn(claim.root, bit) })).toBe(false);
      for (const at of path.keys()) {
        expect(verifyInclusion({ ...claim, path: turnAt(path, at, bit) })).toBe(false);
      }
    }
  });

  it('fails at every other place, and when its path is cut, lengthened or put in another order', async () => {
    await fc.assert(
      fc.asyncProperty(places, async ({ size, index }) => {
        const path = await inclusionProof(read, { index, size });
        const claim = { leaf: manyLeaves[index]!, index, size, path, root: rootAt(size) };
        for (let other = 0; other < size + 2; other += 1) {
          expect(verifyInclusion({ ...claim, index: other })).toBe(other === index);
        }
        expect(verifyInclusion({ ...claim, path: [...path, claim.root] })).toBe(false);
        if (path.length > 0) {
          expect(verifyInclusion({ ...claim, path: path.slice(1) })).toBe(false);
          expect(verifyInclusion({ ...claim, path: path.slice(0, -1) })).toBe(false);
        }
        if (path.length > 1) expect(verifyInclusion({ ...claim, path: path.toReversed() })).toBe(false);
      }),
      { numRuns: 40 },
    );
  });

  /** On which side of the way each hash of a path stands: all that a verifier takes from a size. */
  const sidesOf = (index: number, size: number): string => {
    if (size <= 1) return '';
    const k = kOf(size);
    return index < k ? `${sidesOf(index, k)}r` : `${sidesOf(index - k, size - k)}l`;
  };

  it('under another size fails, but where the way has the same shape: the checkpoint has to say the size', async () => {
    await fc.assert(
      fc.asyncProperty(places, fc.integer({ min: 1, max: 600 }), async ({ size, index }, other) => {
        const path = await inclusionProof(read, { index, size });
        const claim = { leaf: manyLeaves[index]!, index, size: other, path, root: rootAt(size) };
        const sameShape = index < other && sidesOf(index, other) === sidesOf(index, size);
        expect(verifyInclusion(claim)).toBe(sameShape);
      }),
    );
  });

  it('at another place of another size fails as well, unless the way has the same shape', async () => {
    for (const size of [2, 5, 8, 11]) {
      for (let index = 0; index < size; index += 1) {
        const path = await inclusionProof(read, { index, size });
        for (let other = 1; other <= 17; other += 1) {
          for (let place = 0; place < other; place += 1) {
            const claim = { leaf: manyLeaves[index]!, index: place, size: other, path, root: rootAt(size) };
            expect(verifyInclusion(claim)).toBe(sidesOf(place, other) === sidesOf(index, size));
          }
        }
      }
    }
  });

  it.each([
    ['a place below zero', { index: -1 }],
    ['a place between two', { index: 0.5 }],
    ['a place outside the log', { index: 3 }],
    ['no leaves', { size: 0 }],
    ['a size beyond 2^53-1', { size: 2 ** 53 }],
    ['NaN for a size', { size: NaN }],
    ['a leaf of 31 bytes', { leaf: new Uint8Array(31) }],
    ['a root of 33 bytes', { root: new Uint8Array(33) }],
    ['a hash of no bytes in its path', { path: [new Uint8Array(0)] }],
  ])('with %s is false, not a fault', async (_, part) => {
    const path = await inclusionProof(read, { index: 1, size: 3 });
    expect(verifyInclusion({ leaf: manyLeaves[1]!, index: 1, size: 3, path, root: rootAt(3), ...part })).toBe(
      false,
    );
  });

  it.each([
    [-1, 3],
    [3, 3],
    [0, 0],
    [0.5, 3],
    [0, 2 ** 53],
  ])('of leaf %d in a log of %d cannot be asked for', async (index, size) => {
    await expect(inclusionProof(read, { index, size })).rejects.toThrow('not in a log');
  });
});

describe('a proof of consistency', () => {
  const claimOf = async (first: number, second: number) => ({
    first,
    second,
    firstRoot: rootAt(first),
    secondRoot: rootAt(second),
    path: await consistencyProof(read, { first, second }),
  });

  it.each<[number, number, string[]]>([
    [1, 1, []],
    [
      1,
      8,
      [
        '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
      ],
    ],
    [
      2,
      5,
      [
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      ],
    ],
    [
      6,
      8,
      [
        '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
        'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
        'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      ],
    ],
  ])('from %d to %d published leaves is the published one', async (first, second, path) => {
    expect((await consistencyProof(readPublished, { first, second })).map(hex)).toEqual(path);
  });

  it('is that of the definition and holds, for all pairs of sizes up to 64', async () => {
    for (let second = 0; second <= 64; second += 1) {
      for (let first = 0; first <= second; first += 1) {
        const claim = await claimOf(first, second);
        const expected = first === 0 ? [] : naiveSubproof(first, manyLeaves.slice(0, second), true);
        expect(claim.path.map(hex)).toEqual(expected.map(hex));
        expect(verifyConsistency(claim)).toBe(true);
      }
    }
  });

  const pairs = fc
    .integer({ min: 1, max: 400 })
    .chain((second) =>
      fc.record({ second: fc.constant(second), first: fc.integer({ min: 1, max: second }) }),
    );

  it('fails when any one bit of a root or of the path is turned, or the path is cut or lengthened', async () => {
    await fc.assert(
      fc.asyncProperty(pairs, fc.nat(), bits, async ({ first, second }, pick, bit) => {
        const claim = await claimOf(first, second);
        const { path } = claim;
        expect(verifyConsistency(claim)).toBe(true);
        expect(verifyConsistency({ ...claim, firstRoot: turn(claim.firstRoot, bit) })).toBe(false);
        expect(verifyConsistency({ ...claim, secondRoot: turn(claim.secondRoot, bit) })).toBe(false);
        expect(verifyConsistency({ ...claim, path: [...path, claim.secondRoot] })).toBe(false);
        if (path.length === 0) return;
        expect(verifyConsistency({ ...claim, path: turnAt(path, pick % path.length, bit) })).toBe(false);
        expect(verifyConsistency({ ...claim, path: path.slice(1) })).toBe(false);
        expect(verifyConsistency({ ...claim, path: path.slice(0, -1) })).toBe(false);
      }),
    );
  });

  it('cannot be given for a log in which an early leaf was changed', async () => {
    await fc.assert(
      fc.asyncProperty(pairs, fc.nat(), async ({ first, second }, pick) => {
        const at = pick % first;
        const forged = manyLeaves.slice(0, second).with(at, leafHash(Uint8Array.of(1, 2, 3)));
        const forgedRead = hashesFromTiles(leafTiles(forged));
        const path = await consistencyProof(forgedRead, { first, second });
        const secondRoot = rootOf(forged.reduce(appendLeaf, emptyLog()));
        expect(verifyConsistency({ first, second, firstRoot: rootAt(first), secondRoot, path })).toBe(false);
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    ['a later size that is less', { second: 2 }],
    ['a size below zero', { first: -1 }],
    ['a size between two', { second: 7.5 }],
    ['an empty beginning that is none', { first: 0 }],
    ['a root of 31 bytes', { firstRoot: new Uint8Array(31) }],
    ['a hash of 33 bytes in its path', { path: [new Uint8Array(33)] }],
    ['no path', { path: [] }],
    ['equal sizes and other roots', { first: 7, path: [] }],
    ['two empty logs with a root', { first: 0, second: 0, path: [] }],
  ])('with %s is false, not a fault', async (_, part) => {
    expect(verifyConsistency({ ...(await claimOf(3, 7)), ...part })).toBe(false);
  });

  it('with more hashes than its sizes ask for is false, even where they lead to both roots', async () => {
    const claim = await claimOf(7, 8);
    expect(verifyConsistency(claim)).toBe(true);
    expect(verifyConsistency({ ...claim, first: 3, second: 4 })).toBe(false);
  });

  it('of two empty logs needs their empty root', () => {
    const [empty, other] = [rootAt(0), rootAt(1)];
    const claim = { first: 0, second: 0, path: [] };
    expect(verifyConsistency({ ...claim, firstRoot: empty, secondRoot: empty })).toBe(true);
    expect(verifyConsistency({ ...claim, firstRoot: empty, secondRoot: other })).toBe(false);
    expect(verifyConsistency({ ...claim, firstRoot: other, secondRoot: other })).toBe(false);
  });

  it('cannot be asked for backwards', async () => {
    await expect(consistencyProof(read, { first: 4, second: 3 })).rejects.toThrow('cannot grow');
  });
});

describe('tiles', () => {
  /** A store that keeps upper tiles too, as far as full ones below give them, and counts what is read. */
  const upperTiles = (leaves: readonly Digest[], seen: string[]): ReadTile => {
    const roots = Array.from({ length: Math.floor(leaves.length / TILE_WIDTH) }, (_, at) =>
      completeRoot(leaves.slice(at * TILE_WIDTH, (at + 1) * TILE_WIDTH)),
    );
    return (level, index) => {
      seen.push(`${String(level)}/${String(index)}`);
      const hashes = [leaves, roots][level] ?? [];
      return Promise.resolve(hashes.slice(index * TILE_WIDTH, (index + 1) * TILE_WIDTH));
    };
  };

  it('with and without upper levels give the same hashes; with them, a proof reads three tiles', async () => {
    const seen: string[] = [];
    const readUpper: ReadHash = hashesFromTiles(upperTiles(manyLeaves, seen));
    const place = { index: 700, size: 1200 };
    expect(await inclusionProof(readUpper, place)).toEqual(await inclusionProof(read, place));
    expect([...new Set(seen)].sort()).toEqual(['0/2', '0/4', '1/0']);
  });

  it('of leaves only are read one by one, and only those that a hash needs', async () => {
    const seen: string[] = [];
    const readHash = hashesFromTiles(leafTiles(manyLeaves, seen));
    expect(await readHash(10, 0)).toEqual(rootAt(1024));
    expect([...new Set(seen)]).toEqual(['0', '1', '2', '3']);
  });

  it('that lack a leaf are not made up for', async () => {
    await expect(hashesFromTiles(leafTiles(manyLeaves.slice(0, 255)))(8, 0)).rejects.toThrow('tile 0 lacks');
    await expect(hashesFromTiles(() => Promise.resolve(undefined))(0, 300)).rejects.toThrow('tile 1 lacks');
  });

  it.each([
    [0, 0, 0],
    [255, 0, 255],
    [256, 1, 0],
    [SIZE_MAX, 2 ** 45 - 1, 255],
  ])('hold leaf %d in tile %d at place %d', (index, tile, place) => {
    expect(tileOfLeaf(index)).toEqual({ tile, place });
  });
});
