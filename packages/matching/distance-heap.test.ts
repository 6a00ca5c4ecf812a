import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DistanceHeap } from './distance-heap.ts';

const NODES = 30;
const offers = fc.array(fc.record({ node: fc.nat(NODES - 1), high: fc.nat(4), low: fc.nat(4) }), {
  maxLength: 60,
});

const emptied = (heap: DistanceHeap): number[][] => {
  const taken: number[][] = [];
  for (let node = heap.pop(); node >= 0; node = heap.pop())
    taken.push([heap.high(node), heap.low(node), node]);
  return taken;
};

describe('a heap of distances', () => {
  it('gives every node once, at the least that was offered, the nearest first', () => {
    const heap = new DistanceHeap(NODES);
    fc.assert(
      fc.property(offers, (all) => {
        heap.clear();
        for (const { node, high, low } of all) heap.offer(node, high, low);
        const least = [...Map.groupBy(all, ({ node }) => node)].map(
          ([node, its]) => its.map(({ high, low }) => [high, low, node]).sort(inOrder)[0],
        );
        expect(emptied(heap)).toEqual(least.sort((a, b) => inOrder(a ?? [], b ?? [])));
      }),
    );
  });

  it('does not take back a node that was taken out', () => {
    const heap = new DistanceHeap(2);
    heap.offer(1, 5, 0);
    expect(heap.pop()).toBe(1);
    expect(heap.offer(1, 0, 0)).toBe(false);
    expect(heap.pop()).toBe(-1);
    expect(heap.touched()).toEqual([1]);
  });
});

const inOrder = (a: readonly number[], b: readonly number[]): number => {
  const index = a.findIndex((number, at) => number !== b[at]);
  return index < 0 ? 0 : (a[index] ?? 0) - (b[index] ?? 0);
};
