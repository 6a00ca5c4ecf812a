import { CommandId, RequestId, TransferId, VisitId } from '@time-bank/contracts/ids';
import { decodeTime } from 'ulid';
import { describe, expect, it } from 'vitest';
import { newId } from './new-id.ts';

describe('an id made in the browser', () => {
  it('is one that the contracts accept, whatever it names', () => {
    expect(RequestId.safeParse(newId('req')).success).toBe(true);
    expect(VisitId.safeParse(newId('vis')).success).toBe(true);
    expect(TransferId.safeParse(newId('trf')).success).toBe(true);
    expect(CommandId.safeParse(newId('cmd')).success).toBe(true);
  });

  it('carries the time at which it was made', () => {
    expect(decodeTime(newId('req', 1_795_000_000_123).slice(4))).toBe(1_795_000_000_123);
  });

  it('is never made twice', () => {
    expect(new Set(Array.from({ length: 1000 }, () => newId('cmd', 0))).size).toBe(1000);
  });
});
