/** Helpers, cards and callers as far along as a test wants them. */
import type { HelperTerms } from '@time-bank/contracts/helping';
import type { MemberId } from '@time-bank/contracts/ids';
import { DocumentNumber } from '@time-bank/contracts/ledger';
import type { Member } from '@time-bank/contracts/member';
import type { Role } from '@time-bank/contracts/role';
import { type Answer, HOME, type Town } from '../town.ts';

/** Somebody on the staff of the home community. */
export const staff = (town: Town, role: Role, region: string = HOME): Promise<Member> =>
  town.aMember({ birthDate: '1985-05-01', roles: [{ role, region }] });

/** A daughter who lives elsewhere: somebody with a telephone and no role that matters. */
export const aDaughter = (town: Town): Promise<Member> => town.aVolunteer({ birthDate: '1980-05-01' });

/** What a family helper is bound for where a test says nothing else. */
export const terms = (change: Partial<HelperTerms> = {}): HelperTerms => ({
  kind: 'family_proxy',
  scopes: ['order', 'confirm', 'see_balance', 'spend'],
  spendMinutesMax: 120,
  until: '2027-11-20',
  proof: '户口簿，母女',
  ...change,
});

/** Terms of a guardian, by a document. */
export const guardianTerms = (change: Partial<HelperTerms> = {}): HelperTerms =>
  terms({
    kind: 'guardian',
    scopes: ['order'],
    spendMinutesMax: 0,
    until: '2036-01-01',
    document: DocumentNumber.parse('JH-2026-0117'),
    ...change,
  });

/** A binding as far as `upTo`: proposed by the helper, checked by a coordinator, and the elder's word on their phone. */
export const aBinding = async (
  town: Town,
  {
    elder,
    helper,
    checker,
    ...also
  }: { elder: Member; helper: Member; checker?: Member; terms?: HelperTerms },
  upTo: 'proposed' | 'checked' | 'bound' = 'bound',
) => {
  const bindingId = town.ids.file();
  const path = `/api/members/${elder.memberId}/bindings/${bindingId}`;
  const body = {
    bindingId,
    elderId: elder.memberId,
    helperId: helper.memberId,
    terms: also.terms ?? terms(),
  };
  const must = (answer: Answer) => {
    if (answer.status >= 300) throw new Error(JSON.stringify(answer.body));
  };
  must(await town.ask(helper, 'POST', '/api/bindings', body));
  const checkedBy = checker ?? (await town.aCoordinator());
  if (upTo !== 'proposed') must(await town.ask(checkedBy, 'POST', `${path}/check`, { decision: 'accept' }));
  if (upTo === 'bound') {
    must(await town.ask(elder, 'POST', `${path}/confirm`, { by: 'own_phone', decision: 'accept' }));
  }
  return { bindingId, path, body, checkedBy };
};

/** A caller whom staff know, at the counter. */
export const atCounter = (elder: Pick<Member, 'memberId'>, change: Record<string, unknown> = {}) => ({
  memberId: elder.memberId,
  channel: 'counter',
  check: 'id_document',
  note: '本人到柜台办理',
  ...change,
});

/** A caller on the telephone who was called back. */
export const onTheLine = (elder: Pick<Member, 'memberId'>) =>
  atCounter(elder, {
    channel: 'hotline',
    check: 'call_back',
    note: '来电，已回拨',
    recording: 'LY-2026-0042',
  });

/** Prints a card for an elder. */
export const aCard = async (town: Town, elder: Member, pin = '2468') => {
  const counter = await staff(town, 'counter');
  const cardId = town.ids.file();
  const body = { cardId, memberId: elder.memberId, pin, check: 'id_document' };
  const issued = await town.ask(counter, 'POST', '/api/cards', body);
  if (issued.status !== 201) throw new Error(JSON.stringify(issued.body));
  const { token, code } = issued.body as { token: string; code: string };
  return { counter, cardId, body, token, code, pin };
};

/** The person as they stand now. */
export const asNow = async (town: Town, memberId: MemberId): Promise<Member> => {
  const member = await town.ports.people.readMember(memberId);
  if (member === undefined) throw new Error('nobody has this id');
  return member;
};

/** What a row of any of the lists may say. */
interface Row {
  bindingId: string;
  state: string;
  kind: string;
  mine: string;
  by?: { as: string };
}

/** The rows of a list. */
export const rowsOf = ({ body }: Answer): Row[] => (body as { items: Row[] }).items;
