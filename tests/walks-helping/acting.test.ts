import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RequestId } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import { FAR_AWAY, type Town, aRequest, startTown } from '../town.ts';
import { aRedemption, aVisit, credit } from '../walks/steps.ts';
import { aBinding, aDaughter, atCounter, guardianTerms, onTheLine, rowsOf, staff, terms } from './steps.ts';

let town: Town;
beforeAll(async () => {
  town = await startTown();
});
afterAll(async () => {
  await town.stop();
});

const codeOf = (answer: { body: { error?: { code: string } } }) => answer.body.error?.code ?? 'done';
const asHelper = (elder: Pick<Member, 'memberId'>) => ({ forWhom: { memberId: elder.memberId } });
const balanceOf = async (who: Member) =>
  (await town.ask(who, 'GET', '/api/account')).body as { availableMinutes: number; heldMinutes: number };
/** An elder with ten hours. */
const aSaver = async () => {
  const elder = await town.anElder();
  await credit(town, elder, 600);
  return elder;
};
/** An elder with hours, and their daughter, bound. */
const aFamily = async (given = terms()) => {
  const elder = await aSaver();
  const daughter = await aDaughter(town);
  return { elder, daughter, ...(await aBinding(town, { elder, helper: daughter, terms: given })) };
};
const redeem = (who: Member, elder: Member, change: Record<string, unknown> = {}) =>
  town.ask(who, 'POST', '/api/redemptions', aRedemption(town, { ...asHelper(elder), ...change }));

describe('a helper', () => {
  it("orders with the elder's hours, and the elder sees by whom", async () => {
    const { elder, daughter } = await aFamily();
    const before = await balanceOf(elder);
    const ordered = await redeem(daughter, elder);
    expect(ordered).toMatchObject({ status: 201, body: { state: 'published', heldMinutes: 60 } });
    const after = await balanceOf(elder);
    expect(after.availableMinutes).toBe(before.availableMinutes - 60);
    expect((await balanceOf(daughter)).heldMinutes).toBe(0);
    const by = { memberId: daughter.memberId, surname: '王', gender: 'female', as: 'family_proxy' };
    const [line] = (await town.ask(elder, 'GET', '/api/account/entries')).body.items;
    expect(line).toMatchObject({ kind: 'held', channel: 'family', by });
    const seen = await town.ask(elder, 'GET', `/api/requests/${ordered.body.requestId}`);
    expect(seen.body).toMatchObject({
      mine: 'receiver',
      steps: [{ state: 'published', channel: 'family', by }],
    });
    const asDaughter = await town.ask(daughter, 'GET', `/api/requests/${ordered.body.requestId}`);
    expect(asDaughter.body).toMatchObject({ mine: 'helper', receiver: { name: elder.name } });
    const [helped] = (await town.ask(daughter, 'GET', '/api/helped')).body.items;
    expect(helped.spentMinutes).toBe(60);
  });

  it("orders with the elder's hours from a device that may move hours only, as with their own", async () => {
    const { elder, daughter } = await aFamily();
    const body = aRedemption(town, asHelper(elder));
    const stolen = await town.ask(daughter, 'POST', '/api/redemptions', body, { DPoP: 'no proof' });
    expect(codeOf(stolen)).toBe('device_proof_needed');
    expect((await balanceOf(elder)).heldMinutes).toBe(0);
    const counter = await staff(town, 'counter');
    const caller = aRedemption(town, { forWhom: atCounter(elder) });
    const atDesk = await town.ask(counter, 'POST', '/api/redemptions', caller, { DPoP: 'no proof' });
    expect(atDesk.status).toBe(201);
  });

  it('whose sign-in has ended orders nothing more, from that moment', async () => {
    const { elder, daughter } = await aFamily();
    const body = JSON.stringify(aRedemption(town, asHelper(elder)));
    const headers = await town.headersOf(daughter, { method: 'POST', path: '/api/redemptions', body });
    const end = { commandId: town.ids.command(), reason: '手机被偷' };
    const desk = await town.aCoordinator();
    const path = `/api/members/${daughter.memberId}/sessions/end`;
    expect((await town.ask(desk, 'POST', path, end)).status).toBe(200);
    const late = await town.ask(undefined, 'POST', '/api/redemptions', body, headers);
    expect(codeOf(late)).toBe('session_ended');
    expect((await balanceOf(elder)).heldMinutes).toBe(0);
  });

  it('asks for a visit that the community pays, cancels one, and confirms one', async () => {
    const { elder, daughter } = await aFamily();
    const posted = await town.ask(daughter, 'POST', '/api/requests', aRequest(town, elder, asHelper(elder)));
    expect(posted.status).toBe(201);
    const path = `/api/requests/${posted.body.requestId}`;
    const cancel = { commandId: town.ids.command(), reason: '住院', ...asHelper(elder) };
    expect((await town.ask(daughter, 'POST', `${path}/cancel`, cancel)).body.state).toBe('cancelled');
    const { path: ended, transferId } = await aVisit(town, 'ended', { elder });
    const confirm = { transferId, ...asHelper(elder) };
    expect((await town.ask(daughter, 'POST', `${ended}/confirm`, confirm)).body.state).toBe('settled');
    const { steps } = (await town.ask(elder, 'GET', ended)).body as { steps: object[] };
    expect(steps.at(-1)).toMatchObject({ state: 'settled', channel: 'family', by: { as: 'family_proxy' } });
    const list = `/api/requests?scope=received&memberId=${elder.memberId}`;
    const rows = rowsOf(await town.ask(daughter, 'GET', list));
    expect(rows.map(({ mine }) => mine)).toEqual(['helper', 'helper']);
  });

  it('sees balance and statement, and it stands in the log', async () => {
    const { elder, daughter } = await aFamily(terms({ scopes: ['see_balance'], spendMinutesMax: 0 }));
    const account = `/api/members/${elder.memberId}/account`;
    expect((await town.ask(daughter, 'GET', account)).body).toEqual(await balanceOf(elder));
    const own = await town.ask(elder, 'GET', '/api/account/entries');
    expect((await town.ask(daughter, 'GET', `${account}/entries`)).body).toEqual(own.body);
    const { items } = await town.ports.auditLog.listAbout(elder.memberId, { limit: 50 });
    expect(items.filter(({ action }) => action === 'read_helped')).toHaveLength(2);
  });

  it('who made the visit does not confirm it', async () => {
    const [elder, daughter] = [await town.anElder(), await aDaughter(town)];
    const { path, transferId } = await aVisit(town, 'ended', { elder, volunteer: daughter });
    // Family takes no visit of their own: she was bound after she had come.
    await aBinding(town, { elder, helper: daughter });
    expect(codeOf(await town.ask(daughter, 'POST', `${path}/confirm`, { transferId }))).toBe(
      'unknown_request',
    );
  });

  it.each([
    ['order', 'without leave to order', { scopes: ['spend'] as const, spendMinutesMax: 60 }],
    ['order', 'without leave to spend', { scopes: ['order'] as const, spendMinutesMax: 0 }],
    ['account', 'without leave to see the balance', { scopes: ['order'] as const, spendMinutesMax: 0 }],
    ['confirm', 'without leave to confirm', { scopes: ['order'] as const, spendMinutesMax: 0 }],
    ['post', 'without leave to order', { scopes: ['confirm'] as const, spendMinutesMax: 0 }],
  ])('cannot %s %s', async (what, _without, change) => {
    const { elder, daughter } = await aFamily(terms({ ...change, scopes: [...change.scopes] }));
    const { path, transferId } = await aVisit(town, 'ended', { elder });
    const asked = {
      order: () => redeem(daughter, elder),
      account: () => town.ask(daughter, 'GET', `/api/members/${elder.memberId}/account`),
      confirm: () => town.ask(daughter, 'POST', `${path}/confirm`, { transferId }),
      post: () => town.ask(daughter, 'POST', '/api/requests', aRequest(town, elder, asHelper(elder))),
    }[what];
    expect([403, 404]).toContain((await asked!()).status);
  });

  it('of one elder is a stranger to another, and a stranger is told the same of one who is not there', async () => {
    const { daughter } = await aFamily();
    const other = await aSaver();
    const answers = await Promise.all([
      redeem(daughter, other),
      redeem(daughter, { ...other, memberId: town.ids.member() }),
    ]);
    expect(answers.map(codeOf)).toEqual(['not_allowed', 'not_allowed']);
  });

  it('does not act as staff, and staff do not act as a helper', async () => {
    const { elder, daughter } = await aFamily();
    expect(codeOf(await redeem(daughter, elder, { forWhom: atCounter(elder) }))).toBe('not_allowed');
    expect(codeOf(await redeem(await staff(town, 'counter'), elder))).toBe('not_allowed');
  });
});

describe('the limit of a helper', () => {
  it('is kept to the minute; what was taken back does not come back to it', async () => {
    const { elder, daughter } = await aFamily(terms({ spendMinutesMax: 120 }));
    const first = await redeem(daughter, elder);
    const cancel = { commandId: town.ids.command(), reason: '改天' };
    await town.ask(daughter, 'POST', `/api/requests/${first.body.requestId}/cancel`, cancel);
    expect(codeOf(await redeem(daughter, elder, { plannedMinutes: 90 }))).toBe('helper_limit_reached');
    expect((await redeem(daughter, elder, { plannedMinutes: 60 })).status).toBe(201);
    expect(codeOf(await redeem(daughter, elder, { plannedMinutes: 30 }))).toBe('helper_limit_reached');
    expect((await balanceOf(elder)).heldMinutes).toBe(60);
  });

  it('holds for many orders at once', async () => {
    const { elder, daughter } = await aFamily(terms({ spendMinutesMax: 60 }));
    const answers = await Promise.all(
      [1, 2, 3, 4].map(() => redeem(daughter, elder, { plannedMinutes: 30 })),
    );
    const done = answers.filter(({ status }) => status === 201);
    const [{ spentMinutes }] = (await town.ask(daughter, 'GET', '/api/helped')).body.items;
    expect(spentMinutes).toBe(30 * done.length);
    expect(spentMinutes).toBeLessThanOrEqual(60);
    expect((await balanceOf(elder)).heldMinutes).toBe(spentMinutes);
  });

  it('a repeat counts once', async () => {
    const { elder, daughter } = await aFamily();
    const body = aRedemption(town, asHelper(elder));
    await town.ask(daughter, 'POST', '/api/redemptions', body);
    const again = await town.ask(daughter, 'POST', '/api/redemptions', body);
    expect(again.headers.get('Idempotency-Hit')).toBe('true');
    const [{ spentMinutes }] = (await town.ask(daughter, 'GET', '/api/helped')).body.items;
    expect(spentMinutes).toBe(60);
  });

  it('moves no hours from a device that does not show its key: a stolen code alone is not enough', async () => {
    const { elder, daughter } = await aFamily();
    const order = aRedemption(town, asHelper(elder));
    const stolen = await town.ask(daughter, 'POST', '/api/redemptions', order, { DPoP: 'nothing' });
    expect(codeOf(stolen)).toBe('device_proof_needed');
    expect((await balanceOf(elder)).heldMinutes).toBe(0);
    expect((await town.ask(daughter, 'POST', '/api/redemptions', order)).status).toBe(201);
  });

  it('a revocation acts on the very next order, also on one that was allowed a moment before', async () => {
    const { elder, daughter, path } = await aFamily();
    const { listNow, readNow } = town.ports.personFiles;
    const [bound] = await listNow('binding', elder.memberId);
    await town.ask(elder, 'POST', `${path}/end`, { reason: '不用了' });
    // Leave was given and the terms were read just before the elder ended it.
    town.ports.personFiles.listNow = () => Promise.resolve([bound] as never);
    town.ports.personFiles.readNow = () => Promise.resolve(bound as never);
    const late = await redeem(daughter, elder);
    town.ports.personFiles.listNow = listNow;
    town.ports.personFiles.readNow = readNow;
    expect(codeOf(late)).toBe('binding_not_open');
    expect((await balanceOf(elder)).heldMinutes).toBe(0);
    expect(codeOf(await redeem(daughter, elder))).toBe('not_allowed');
  });
});

describe('a guardian', () => {
  it('acts within all scopes, by a document, without a limit of minutes', async () => {
    const { elder, daughter: guardian } = await aFamily(guardianTerms());
    expect((await redeem(guardian, elder, { plannedMinutes: 90 })).status).toBe(201);
    expect((await town.ask(guardian, 'GET', `/api/members/${elder.memberId}/account`)).status).toBe(200);
    const [line] = (await town.ask(elder, 'GET', '/api/account/entries')).body.items;
    expect(line.by).toMatchObject({ as: 'guardian' });
  });

  it('reads the record of who looked, which a family helper may not', async () => {
    const family = await aFamily();
    const ward = await aFamily(guardianTerms());
    const readers = ({ elder }: { elder: Member }) => `/api/me/readers?memberId=${elder.memberId}`;
    const asHelperOf = await town.ask(family.daughter, 'GET', readers(family));
    const asGuardian = await town.ask(ward.daughter, 'GET', readers(ward));
    expect([asHelperOf.status, asGuardian.status]).toEqual([404, 200]);
  });

  it('does not give hours away', async () => {
    const { elder, daughter } = await aFamily(guardianTerms());
    const gift = { transferId: town.ids.transfer(), poolId: 'pool:341302001', amountMinutes: 15 };
    const body = { ...gift, forWhom: atCounter(elder) };
    expect(codeOf(await town.ask(daughter, 'POST', '/api/donations', body))).toBe('not_allowed');
  });
});

describe('staff on behalf of a caller', () => {
  it('order with hours, ask for a visit, cancel: by which way, how checked and why stand on the record', async () => {
    const elder = await aSaver();
    const hotline = await staff(town, 'hotline');
    const forWhom = onTheLine(elder);
    const ordered = await redeem(hotline, elder, { forWhom });
    expect(ordered.status).toBe(201);
    const facts = await town.ports.careBook.readRequestNow(RequestId.parse(ordered.body.requestId));
    expect(facts?.request.history).toMatchObject([
      {
        actorId: hotline.memberId,
        channel: 'hotline',
        as: 'hotline',
        onBehalf: {
          memberId: elder.memberId,
          check: 'call_back',
          note: '来电，已回拨',
          recording: 'LY-2026-0042',
        },
      },
    ]);
    const [line] = (await town.ask(elder, 'GET', '/api/account/entries')).body.items;
    expect(line).toMatchObject({ channel: 'hotline', by: { as: 'hotline', surname: '王' } });
    const cancel = { commandId: town.ids.command(), reason: '改天', forWhom };
    const path = `/api/requests/${ordered.body.requestId}/cancel`;
    expect((await town.ask(hotline, 'POST', path, cancel)).body.state).toBe('cancelled');
    const counter = await staff(town, 'counter');
    const visit = aRequest(town, elder, { forWhom: atCounter(elder) });
    expect((await town.ask(counter, 'POST', '/api/requests', visit)).status).toBe(201);
    const { items } = await town.ports.auditLog.listAbout(elder.memberId, { limit: 50 });
    expect(items).toContainEqual(
      expect.objectContaining({ action: 'spend_for_elder', check: 'call_back', recording: 'LY-2026-0042' }),
    );
  });

  it.each([
    ['without saying for whom', {}, 'invalid_fields'],
    [
      'for somebody else than the receiver',
      { forWhom: { memberId: 'mem_01KB2C3D4E5F6G7H8J9KMNPQRA' } },
      'invalid_fields',
    ],
  ])('at a counter, %s: %s', async (_what, change, code) => {
    const elder = await town.anElder();
    const counter = await staff(town, 'counter');
    expect(codeOf(await town.ask(counter, 'POST', '/api/requests', aRequest(town, elder, change)))).toBe(
      code,
    );
  });

  it('of another county, or for themselves, are refused', async () => {
    const elder = await aSaver();
    const far = await staff(town, 'counter', FAR_AWAY);
    expect(codeOf(await redeem(far, elder, { forWhom: atCounter(elder) }))).toBe('unknown_member');
    const own = await staff(town, 'counter');
    expect(codeOf(await redeem(own, own, { forWhom: atCounter(own) }))).toBe('not_allowed');
  });
});

describe('a statement', () => {
  it('costs one read where nobody acted for its owner, and names nobody', async () => {
    const elder = await aSaver();
    let reads = 0;
    const { readMembers } = town.ports.people;
    town.ports.people.readMembers = (ids) => {
      reads += 1;
      return readMembers(ids);
    };
    const rows = rowsOf(await town.ask(elder, 'GET', '/api/account/entries'));
    town.ports.people.readMembers = readMembers;
    expect(rows.filter(({ by }) => by !== undefined)).toEqual([]);
    expect(reads).toBe(0);
  });
});
