import { accountOf } from '@time-bank/contracts/ids';
import { DocumentNumber } from '@time-bank/contracts/ledger';
import type { Member } from '@time-bank/contracts/member';
import { makeApp } from '@time-bank/api/app';
import { documentSigner } from '@time-bank/identity/document-signer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAR_AWAY, HOME, NEIGHBOUR, THIRD_BANK, type Town, aBank, startTown } from '../town.ts';
import { aGiver, aRedemption, aSaver, bind, booksIn, everythingIn } from '../walks/steps.ts';
import { aStranger, headOf, schedule, told } from './steps.ts';

let town: Town;
let coordinator: Member;
beforeAll(async () => {
  town = await startTown();
  coordinator = await town.aCoordinator();
});
afterAll(async () => {
  await town.stop();
});

const at = (member: Member, what: string) => `/api/accounts/${accountOf(member.memberId)}/${what}`;
const freezing = (reason: 'death' | 'dispute' = 'dispute') => ({
  transferId: town.ids.transfer(),
  reason,
  note: '家属来电',
});
const thawing = () => ({ transferId: town.ids.transfer(), note: '已核实' });
const toPool = { to: 'pool', poolId: 'pool:341302001' };
const closing = (remainder: Record<string, unknown> = toPool) => ({
  transferId: town.ids.transfer(),
  remainder,
  note: '本人申请',
});
const post = (member: Member, what: string, body: unknown, who: Member | undefined = coordinator) =>
  town.ask(who, 'POST', at(member, what), body);

describe('freezing', () => {
  it('lets nothing out until it is undone', async () => {
    const member = await aSaver(town);
    expect((await post(member, 'freeze', freezing())).status).toBe(201);
    const refused = await town.ask(member, 'POST', '/api/redemptions', aRedemption(town));
    expect(told(refused)).toEqual([409, 'account_frozen']);
    expect((await post(member, 'unfreeze', thawing())).status).toBe(201);
    expect((await town.ask(member, 'POST', '/api/redemptions', aRedemption(town))).status).toBe(201);
  });

  it('twice the same is once; frozen twice, freed twice and other content are refused', async () => {
    const member = await aSaver(town);
    const body = freezing();
    const first = await post(member, 'freeze', body);
    const again = await post(member, 'freeze', body);
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect(again.headers.get('Idempotency-Hit')).toBe('true');
    expect(told(await post(member, 'freeze', { ...body, note: '别的' }))).toEqual([
      409,
      'exists_with_different_content',
    ]);
    expect(told(await post(member, 'freeze', freezing()))).toEqual([409, 'account_frozen']);
    await post(member, 'unfreeze', thawing());
    expect(told(await post(member, 'unfreeze', thawing()))).toEqual([409, 'account_not_frozen']);
  });

  it.each(['freeze', 'unfreeze', 'close'])(
    '%s is for staff of the home, and for no account of their own',
    async (what) => {
      const member = await aSaver(town);
      const own = await town.aMember({
        birthDate: '1985-05-01',
        roles: [{ role: 'coordinator', region: HOME }],
      });
      const stranger = await aStranger(town);
      const body = { freeze: freezing(), unfreeze: thawing(), close: closing() }[what];
      const before = await everythingIn(town);
      const path = at(member, what);
      expect(told(await town.ask(undefined, 'POST', path, body))).toEqual([401, 'not_signed_in']);
      expect(told(await post(member, what, body, member))).toEqual([403, 'not_allowed']);
      expect(told(await post(member, what, body, stranger))).toEqual([404, 'unknown_account']);
      expect(told(await post(own, what, body, own))).toEqual([403, 'not_allowed']);
      const none = `/api/accounts/acc_${town.ids.member().slice(4)}/${what}`;
      expect(told(await town.ask(coordinator, 'POST', none, body))).toEqual([404, 'unknown_account']);
      expect(await everythingIn(town)).toEqual(before);
    },
  );
});

describe('closing', () => {
  it('gives what is left to a pool, and nothing moves afterwards', async () => {
    const member = await aSaver(town);
    const body = closing();
    const answer = await post(member, 'close', body);
    expect(answer).toMatchObject({ status: 201, body: { kind: 'donated', amountMinutes: 60 } });
    expect(await headOf(town, member)).toMatchObject({ state: 'closed', minutes: { earned: 0 } });
    expect((await post(member, 'close', body)).headers.get('Idempotency-Hit')).toBe('true');
    expect(told(await post(member, 'close', closing()))).toEqual([409, 'account_closed']);
    expect(told(await post(member, 'freeze', freezing()))).toEqual([409, 'account_closed']);
  });

  it('to nobody needs the number of the written confirmation', async () => {
    const member = await aSaver(town);
    expect(told(await post(member, 'close', closing({ to: 'nobody' })))).toEqual([400, 'invalid_fields']);
    const answer = await post(member, 'close', closing({ to: 'nobody', document: 'QR-2026-0001' }));
    expect(answer).toMatchObject({ status: 201, body: { kind: 'forfeited' } });
    const { items } = await town.ports.journal.listEntriesNow(accountOf(member.memberId), { limit: 5 });
    expect(items.some(({ document }) => document === 'QR-2026-0001')).toBe(true);
  });

  it('to an heir needs a tie that staff have bound, and an account that can receive', async () => {
    const { giver, mother } = await aGiver(town);
    const stranger = await town.anElder();
    const friend = await town.anElder();
    await bind(town, giver, friend, 'grandchild');
    const to = (heir: string) => post(giver, 'close', closing({ to: 'heir', heirId: heir }));
    expect(told(await to(stranger.memberId))).toEqual([422, 'not_family']);
    expect(told(await to(friend.memberId))).toEqual([422, 'not_family']);
    expect(told(await to(town.ids.member()))).toEqual([404, 'unknown_receiver']);
    expect((await to(mother.memberId)).status).toBe(201);
    expect(await headOf(town, mother)).toMatchObject({ minutes: { gift: 60 } });
  });

  it('waits for open holds, frees lapsed ones, and goes to no pool of another home', async () => {
    const member = await aSaver(town);
    await town.ask(member, 'POST', '/api/redemptions', aRedemption(town, { plannedMinutes: 15 }));
    const before = await booksIn(town);
    expect(told(await post(member, 'close', closing()))).toEqual([409, 'holds_open']);
    const foreign = closing({ to: 'pool', poolId: 'pool:340102' });
    expect(told(await post(member, 'close', foreign))).toEqual([404, 'unknown_pool']);
    expect(await booksIn(town)).toEqual(before);
    town.pass(300 * 24 * 60);
    expect((await post(member, 'close', closing())).body.amountMinutes).toBe(60);
  });

  it('with a debt goes only to nobody', async () => {
    const member = await aSaver(town);
    const [line] = (await town.ask(member, 'GET', '/api/account/entries')).body.items;
    await town.ask(member, 'POST', '/api/redemptions', aRedemption(town));
    const accountId = accountOf(member.memberId);
    const correction = { accountId, lineId: line.transferId, reason: '重复登记' };
    await town.ask(coordinator, 'POST', '/api/corrections', {
      transferId: town.ids.transfer(),
      ...correction,
    });
    town.pass(300 * 24 * 60);
    await schedule(town);
    expect((await headOf(town, member)).minutes.debt).toBe(60);
    expect(told(await post(member, 'close', closing()))).toEqual([409, 'debt_open']);
    const answer = await post(member, 'close', closing({ to: 'nobody', document: 'QR-2026-0002' }));
    expect(answer.status).toBe(201);
  });
});

describe('a death', () => {
  it('leaves the heirs a year, and then the hours go to the pool of the township, once', async () => {
    const member = await aSaver(town);
    await post(member, 'freeze', freezing('death'));
    town.pass(364 * 24 * 60);
    expect((await schedule(town)).settled).toBe(0);
    expect((await headOf(town, member)).state).toBe('frozen');
    town.pass(3 * 24 * 60);
    const runs = await Promise.all([schedule(town), schedule(town)]);
    await schedule(town);
    expect(runs.reduce((sum, { settled }) => sum + settled, 0)).toBeGreaterThanOrEqual(1);
    expect(await headOf(town, member)).toMatchObject({ state: 'closed', minutes: { earned: 0 } });
    const pool = await town.ports.journal.listPoolRowsNow('pool:341302001' as never, { limit: 50 });
    const own = pool.items.filter(({ counterpart }) => counterpart === accountOf(member.memberId));
    expect(own).toMatchObject([{ minutes: 60, reason: 'death' }]);
  });

  it('that was a mistake is undone, and nothing happens when the year is over', async () => {
    const member = await aSaver(town);
    await post(member, 'freeze', freezing('death'));
    await post(member, 'unfreeze', thawing());
    await post(member, 'freeze', freezing('dispute'));
    town.pass(400 * 24 * 60);
    await schedule(town);
    expect(await headOf(town, member)).toMatchObject({ state: 'frozen', minutes: { earned: 60 } });
  });

  it('whose heirs have decided is settled by them, with the reason on the line', async () => {
    const { giver, mother } = await aGiver(town);
    await post(giver, 'freeze', freezing('death'));
    const answer = await post(giver, 'close', closing({ to: 'heir', heirId: mother.memberId }));
    expect(answer).toMatchObject({ status: 201, body: { kind: 'bequeathed', amountMinutes: 60 } });
    const statement = await town.ask(mother, 'GET', '/api/account/entries');
    expect(statement.body.items[0]).toMatchObject({ kind: 'inherited', reason: 'death' });
  });
});

describe('a move', () => {
  let numbers = 0;
  const moving = (toCommunity: string) => {
    numbers += 1;
    return {
      transferId: town.ids.transfer(),
      toCommunity,
      document: `SZ-2026-${String(1000 + numbers)}`,
      note: '随子女搬迁',
    };
  };
  const other = documentSigner(NEIGHBOUR);
  const aDocument = (change: Record<string, unknown> = {}) => {
    numbers += 1;
    return {
      document: DocumentNumber.parse(`LS-2026-${String(1000 + numbers)}`),
      bank: NEIGHBOUR.bank,
      account: 'A'.repeat(43),
      earnedMinutes: 300,
      giftMinutes: 45,
      honourMinutes: 30,
      issuedAt: town.now(),
      ...change,
    };
  };
  const bringing = async (change: Record<string, unknown> = {}, signer = other) => ({
    transferId: town.ids.transfer(),
    signed: await signer.sign(aDocument(change)),
  });

  /** Asks an API that is put together otherwise than the town's own. */
  const postTo = async (app: ReturnType<typeof makeApp>, member: Member, what: string, body: unknown) => {
    const response = await app.request(at(member, what), {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Authorization: `Bearer ${await town.tokenOf(coordinator)}`,
      },
      body: JSON.stringify(body),
    });
    return [response.status, await response.json()];
  };
  const withWholeProvince = (policies: Town['ports']['policies']): Town['ports']['policies'] => ({
    ...policies,
    readBook: async () => {
      const book = await policies.readBook();
      const inForce: typeof book.inForce = (region, day) => ({
        ...book.inForce(region, day),
        interchangeReach: 'province',
      });
      return { ...book, inForce };
    },
  });

  it('inside the area of interchange leaves the account where it is', async () => {
    const member = await aSaver(town);
    const before = await everythingIn(town);
    const answer = await post(member, 'move', moving('341302002001'));
    expect(answer).toMatchObject({ status: 201, body: { stays: true } });
    expect(await everythingIn(town)).toEqual(before);
  });

  it('outside it closes the account and hands out a signed document, the same for the same command', async () => {
    const { giver, mother } = await aGiver(town);
    await town.ask(giver, 'POST', '/api/gifts', {
      transferId: town.ids.transfer(),
      receiverId: mother.memberId,
      amountMinutes: 15,
    });
    const body = moving(FAR_AWAY);
    const answer = await post(giver, 'move', body);
    expect(answer).toMatchObject({
      status: 201,
      body: { stays: false, hours: { document: body.document, earnedMinutes: 45, giftMinutes: 0 } },
    });
    expect(await town.deps.documentSigner.verify(String(answer.body.signed))).toEqual(answer.body.hours);
    expect(JSON.stringify(answer.body.hours)).not.toContain(giver.memberId.slice(4));
    const again = await post(giver, 'move', body);
    expect(again).toMatchObject({ status: 201, body: answer.body });
    expect((await headOf(town, giver)).state).toBe('closed');
    const third = await post(await aSaver(town), 'move', { ...moving(FAR_AWAY), document: body.document });
    expect(told(third)).toEqual([409, 'document_used']);
  });

  it("brings in another bank's hours once, each kind as it was", async () => {
    const member = await aSaver(town);
    const body = await bringing();
    const answer = await post(member, 'bring', body);
    expect(answer).toMatchObject({ status: 201, body: { kind: 'moved_in', amountMinutes: 375 } });
    expect(await headOf(town, member)).toMatchObject({ minutes: { earned: 360, gift: 45, honour: 30 } });
    expect((await post(member, 'bring', body)).headers.get('Idempotency-Hit')).toBe('true');
    const second = { ...body, transferId: town.ids.transfer() };
    expect(told(await post(await aSaver(town), 'bring', second))).toEqual([409, 'document_used']);
    expect(told(await post(member, 'bring', second))).toEqual([409, 'document_used']);
  });

  it('believes no document that was changed, that an unknown bank signed, or that is in another name', async () => {
    const member = await aSaver(town);
    const before = await everythingIn(town);
    const good = await bringing();
    const [head, payload, signature] = good.signed.split('.');
    const more = Buffer.from(JSON.stringify(aDocument({ earnedMinutes: 9000 }))).toString('base64url');
    const unsigned = Buffer.from('{"alg":"none","kid":"x"}').toString('base64url');
    const documents = [
      `${String(head)}.${more}.${String(signature)}`,
      `${unsigned}.${String(payload)}.AA`,
      (await bringing({}, documentSigner(aBank(NEIGHBOUR.bank)))).signed,
      (await bringing({ bank: '别的时间银行' })).signed,
      (await bringing({ earnedMinutes: 0, giftMinutes: 0, honourMinutes: 0 })).signed,
    ];
    for (const signed of documents) {
      const answer = await post(member, 'bring', { transferId: town.ids.transfer(), signed });
      expect(told(answer)).toEqual([404, 'unknown_document']);
    }
    expect(await everythingIn(town)).toEqual(before);
    const full = await bringing({ earnedMinutes: 89_999 });
    expect(told(await post(member, 'bring', full))).toEqual([409, 'cap_reached']);
  });

  it('brings in what an account may hold by kind, however much it is together', async () => {
    const member = await aSaver(town);
    const full = { earnedMinutes: 80_000, giftMinutes: 9_000, honourMinutes: 18_000 };
    expect((await post(member, 'bring', await bringing(full))).status).toBe(201);
    const tooMuch = [{ earnedMinutes: 600_001 }, { giftMinutes: 600_001 }, { honourMinutes: 10_000_001 }];
    for (const change of tooMuch) {
      expect(told(await post(member, 'bring', await bringing(change)))).toEqual([409, 'cap_reached']);
    }
  });

  it('of two members whose documents have one number, from two banks, brings in both', async () => {
    const third = documentSigner(THIRD_BANK);
    const document = DocumentNumber.parse('D-0001');
    const [one, other] = [
      await bringing({ document }),
      await bringing({ document, bank: THIRD_BANK.bank }, third),
    ];
    expect((await post(await aSaver(town), 'bring', one)).status).toBe(201);
    expect((await post(await aSaver(town), 'bring', other, coordinator)).status).toBe(201);
    const again = { ...other, transferId: town.ids.transfer() };
    expect(told(await post(await aSaver(town), 'bring', again))).toEqual([409, 'document_used']);
  });

  it('away and back again brings in the own document of this bank, once', async () => {
    const away = await post(await aSaver(town), 'move', moving(FAR_AWAY));
    const back = { transferId: town.ids.transfer(), signed: away.body.signed };
    expect(await post(await aSaver(town), 'bring', back)).toMatchObject({
      status: 201,
      body: { kind: 'moved_in', amountMinutes: 60 },
    });
    const again = { ...back, transferId: town.ids.transfer() };
    expect(told(await post(await aSaver(town), 'bring', again))).toEqual([409, 'document_used']);
  });

  it('that was carried out answers the same after the area of interchange has grown', async () => {
    const member = await aSaver(town);
    const body = moving(FAR_AWAY);
    const first = await post(member, 'move', body);
    const ports = { ...town.ports, policies: withWholeProvince(town.ports.policies) };
    const app = makeApp({ ...town.deps, ports });
    expect(await postTo(app, member, 'move', body)).toEqual([201, first.body]);
    const stays = await postTo(app, await aSaver(town), 'move', moving(FAR_AWAY));
    expect(stays).toEqual([201, { stays: true }]);
  });

  it('that was entered answers the same after the other bank has been taken out of the list', async () => {
    const member = await aSaver(town);
    const body = await bringing();
    const first = await post(member, 'bring', body);
    const own = documentSigner(aBank('本市时间银行'));
    const app = makeApp({ ...town.deps, documentSigner: own });
    expect(await postTo(app, member, 'bring', body)).toEqual([201, first.body]);
    const fresh = await postTo(app, member, 'bring', await bringing());
    expect(fresh).toMatchObject([404, { error: { code: 'unknown_document' } }]);
  });

  it('where no key for documents is set up is not available, and nothing is written', async () => {
    const member = await aSaver(town);
    const { documentSigner: _none, ...deps } = town.deps;
    const app = makeApp(deps);
    const before = await everythingIn(town);
    const [status] = await postTo(app, member, 'move', moving(FAR_AWAY));
    expect(status).toBe(503);
    expect(await everythingIn(town)).toEqual(before);
  });
});
