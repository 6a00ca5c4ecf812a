/** What a member can hold in hand: the log's newest checkpoint, and the proof of their own account. */
import { accountOf } from '@time-bank/contracts/ids';
import { sealAccounts } from '@time-bank/desk/seal-accounts';
import { verifyCheckpoint } from '@time-bank/seal/checkpoint';
import { verifyProof } from '@time-bank/seal/verify-proof';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aSealer } from '../seal/sealed-town.ts';
import { type Town, startTown } from '../town.ts';

let town: Town;
beforeAll(async () => {
  town = await startTown();
});
afterAll(async () => {
  await town.stop();
});

describe('GET /api/checkpoint and GET /api/account/proof', () => {
  it('answer "unavailable" while nothing is sealed', async () => {
    const elder = await town.anElder();
    expect(await town.ask(undefined, 'GET', '/api/checkpoint')).toMatchObject({ status: 503 });
    expect(await town.ask(elder, 'GET', '/api/account/proof')).toMatchObject({ status: 503 });
  });

  it('show the proof to nobody who is not signed in', async () => {
    expect(await town.ask(undefined, 'GET', '/api/account/proof')).toMatchObject({ status: 401 });
  });

  it('give a member what shows that their account stands in the log, and nothing forged passes', async () => {
    const members = [await town.anElder(), await town.anElder(), await town.aVolunteer()];
    const sealer = aSealer(town.ports);
    const subjects = members.map(({ memberId }) => ({ subject: accountOf(memberId) }));
    await sealAccounts(sealer.work, subjects);
    const { body: shown } = await town.ask(undefined, 'GET', '/api/checkpoint');
    expect(shown.verifierKey).toBe(sealer.verifierKey);
    expect(verifyCheckpoint(String(shown.checkpoint), sealer.verifierKey)).toMatchObject({
      value: { size: 3 },
    });
    for (const member of members) {
      const { status, body } = await town.ask(member, 'GET', '/api/account/proof');
      expect(status).toBe(200);
      expect(body.proof.leaf).toMatchObject({ accountId: accountOf(member.memberId), sequence: 0 });
      expect(verifyProof(body.proof, sealer.verifierKey)).toMatchObject({ kind: 'done' });
      const richer = { ...body.proof, leaf: { ...body.proof.leaf, sequence: 1 } };
      expect(verifyProof(richer, sealer.verifierKey)).toEqual({ kind: 'misfit', misfit: 'wrong_path' });
      const other = aSealer(town.ports).verifierKey;
      expect(verifyProof(body.proof, other)).toEqual({ kind: 'misfit', misfit: 'not_signed_by_key' });
    }
  });
});
