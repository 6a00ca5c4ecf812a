/**
 * How a log is kept: in tiles of 256 hashes. Tile n of level 0 holds the leaf hashes from 256 n on; tile n of level 1
 * the roots of 256 full tiles of level 0, and so on. Level 0 is enough: what stands above can be computed from it.
 * Keeping upper levels makes a proof read a few tiles instead of all.
 */
import type { Digest } from './digest.ts';
import { completeRoot, nodeHash } from './tree-hash.ts';
import type { ReadHash } from './tree-shape.ts';

/** Hashes in a full tile: 256. Source: C2SP tlog-tiles. */
export const TILE_WIDTH = 256;

const TILE_HEIGHT = 8;

/**
 * Gives the hashes of tile `index` of `level` that are there, 0 to 256, in order; undefined where a tile is not kept.
 * A store that keeps leaves only answers undefined for every level above 0, without looking.
 */
export type ReadTile = (level: number, index: number) => Promise<readonly Digest[] | undefined>;

/** The tile and the place in it of a leaf: `index` from 0 to 2^53-1. */
export const tileOfLeaf = (index: number): { tile: number; place: number } => ({
  tile: Math.floor(index / TILE_WIDTH),
  place: index % TILE_WIDTH,
});

/**
 * Hashes of complete subtrees from tiles, for proofs. Where an upper tile is missing or not filled yet, the hash is
 * computed from the level below. Throws where a tile of level 0 lacks a hash that is asked for.
 */
export const hashesFromTiles = (readTile: ReadTile): ReadHash => {
  const readHash: ReadHash = async (level, index) => {
    const height = level % TILE_HEIGHT;
    const tileLevel = (level - height) / TILE_HEIGHT;
    const width = 2 ** height;
    const { tile, place } = tileOfLeaf(index * width);
    const hashes = (await readTile(tileLevel, tile))?.slice(place, place + width) ?? [];
    if (hashes.length === width) return completeRoot(hashes);
    if (tileLevel === 0) throw new Error(`tile ${tile} lacks leaf hashes from its place ${place} on`);
    // One after the other: a whole subtree at once could be thousands of reads.
    const left = await readHash(level - 1, 2 * index);
    return nodeHash(left, await readHash(level - 1, 2 * index + 1));
  };
  return readHash;
};
