/** A visit from paper: staff enter it, a second person decides, and nothing lies over a visit that is there already. */
import { type Stretch, overlap, planEnteredVisit } from '@time-bank/care/back-entry';
import { noteVisit } from '@time-bank/care/diary';
import { takesTime } from '@time-bank/care/life';
import type { Command } from '@time-bank/care/request';
import type { MemberId, RequestId } from '@time-bank/contracts/ids';
import { type Member, surnameOf } from '@time-bank/contracts/member';
import { type Outcome, type Planned, done, refused, replayed } from '@time-bank/contracts/refusals';
import type { CommunityCode } from '@time-bank/contracts/region';
import { type Instant, msOf, plusMinutes } from '@time-bank/contracts/time';
import type {
  DecideEntry,
  EnterVisit,
  EntryCaseList,
  EntryReceipt,
} from '@time-bank/contracts/visiting-routes';
import type { Grant } from '@time-bank/identity/grant';
import { nowOf, refusedByAge } from './carry-out.ts';
import { commandOf } from './command.ts';
import { derivedCommand, derivedRequest, derivedVisit } from './derived-id.ts';
import { fingerprintOf } from './fingerprint.ts';
import { policyNow } from './policy-of.ts';
import type { Ports } from './ports.ts';
import type { BackEntryRecord } from './staff-case.ts';

type Work = Pick<Ports, 'clock' | 'journal' | 'careBook' | 'people' | 'policies' | 'caseBook'>;

/** The latest visits of an elder among which an overlapping one would be. */
const LATEST = 60;
const A_PAGE = 50;

const stretchOf = ({
  startedAt,
  servedMinutes,
}: Pick<BackEntryRecord, 'startedAt' | 'servedMinutes'>): Stretch => ({
  startedAt,
  minutes: servedMinutes,
});

/** True where either of them has a visit at that time, but for the one that this has become. */
const isTaken = async (
  ports: Pick<Ports, 'careBook'>,
  { elderId, volunteerId }: { elderId: MemberId; volunteerId: MemberId },
  stretch: Stretch,
  own?: RequestId,
): Promise<boolean> => {
  const [received, visited] = await Promise.all([
    ports.careBook.listReceived(elderId, { limit: LATEST }),
    ports.careBook.listVisited(volunteerId, { limit: LATEST }),
  ]);
  return [...received.items, ...visited.items].some(({ request, visit }) => {
    if (!takesTime(request.state) || request.requestId === own) return false;
    const { checkedInAt, servedMinutes } = visit ?? {};
    const taken: Stretch = {
      startedAt: checkedInAt ?? request.plannedStartAt,
      minutes: servedMinutes ?? request.plannedMinutes,
    };
    return overlap(stretch, taken);
  });
};

/** Refuses: starts_too_late (it is not over), not_receiving_care, own_request, not_eligible, back_entry_too_late. */
const mayEnter = async (
  ports: Pick<Ports, 'policies' | 'clock'>,
  { elder, volunteer }: { elder: Member; volunteer: Member | undefined },
  body: EnterVisit,
  now: Instant,
): Promise<Planned<undefined>> => {
  const policy = await policyNow(ports, elder.communityCode);
  if (msOf(plusMinutes(body.startedAt, body.servedMinutes)) > msOf(now)) return refused('starts_too_late');
  if (!elder.roles.some(({ role }) => role === 'resident')) return refused('not_receiving_care');
  if (body.elderId === body.volunteerId) return refused('own_request');
  if (volunteer?.roles.some(({ role }) => role === 'volunteer') !== true) return refused('not_eligible');
  const first = plusMinutes(now, -policy.backEntryDaysMax * 24 * 60);
  return msOf(body.startedAt) < msOf(first) ? refused('back_entry_too_late') : done(undefined);
};

const receiptOf = (record: BackEntryRecord): EntryReceipt => ({
  caseId: record.caseId,
  state: record.state,
  at: record.decision?.at ?? record.openedAt,
  ...(record.requestId === undefined ? {} : { requestId: record.requestId }),
});

const answerOf = (record: BackEntryRecord, fingerprint: string): Outcome<EntryReceipt> =>
  record.fingerprint === fingerprint
    ? replayed({ caseId: record.caseId, state: 'waiting', at: record.openedAt })
    : refused('exists_with_different_content');

/**
 * Enters a visit that waits for a second person. The grant is over the elder.
 * Refuses: exists_with_different_content, id_too_old, id_from_the_future, starts_too_late, not_receiving_care,
 * own_request, not_eligible, overlapping_visit, back_entry_too_late, busy_try_again.
 */
export const enterVisit = async (
  ports: Work,
  permit: Grant<'enter_visit'>,
  elder: Member,
  body: EnterVisit,
): Promise<Outcome<EntryReceipt>> => {
  const { commandId: caseId, elderId, volunteerId, serviceCode, startedAt, servedMinutes, evidence } = body;
  const fingerprint = fingerprintOf([permit.action, permit.actor.memberId, body]);
  const before = await ports.caseBook.readNow('back_entry', caseId);
  if (before !== undefined) return answerOf(before, fingerprint);
  const at = nowOf(ports);
  const byAge = refusedByAge(caseId, at);
  if (byAge !== undefined) return byAge;
  const volunteer = await ports.people.readMember(volunteerId);
  const may = await mayEnter(ports, { elder, volunteer }, body, at);
  if (may.kind === 'refused') return may;
  if (await isTaken(ports, body, stretchOf(body))) return refused('overlapping_visit');
  const record: BackEntryRecord = {
    kind: 'back_entry',
    caseId,
    version: 1,
    region: elder.communityCode,
    communityCode: elder.communityCode,
    openedBy: permit.actor.memberId,
    openedAt: at,
    dueAt: at,
    fingerprint,
    ...{ elderId, volunteerId, serviceCode, servedMinutes, evidence },
    startedAt,
    state: 'waiting',
  };
  if (await ports.caseBook.put(record)) return done(receiptOf(record));
  const kept = await ports.caseBook.readNow('back_entry', caseId);
  return kept === undefined ? refused('busy_try_again') : answerOf(kept, fingerprint);
};

/** Writes the visit that a case has become, once: its ids follow from the case. Refuses: overlapping_visit, busy_try_again. */
const writeVisit = async (
  ports: Work,
  command: Command,
  record: BackEntryRecord,
  elder: Member,
): Promise<Outcome<RequestId>> => {
  const { caseId, startedAt, volunteerId, servedMinutes, serviceCode, openedBy } = record;
  const requestId = derivedRequest(startedAt, ['back entry', caseId]);
  if ((await ports.careBook.readRequestNow(requestId)) !== undefined) return replayed(requestId);
  if (await isTaken(ports, record, stretchOf(record), requestId)) return refused('overlapping_visit');
  const policy = await policyNow(ports, elder.communityCode);
  const step = (name: string) => derivedCommand(startedAt, [name, caseId]);
  const plan = planEnteredVisit(command, {
    wanted: {
      requestId,
      serviceCode,
      receiverId: elder.memberId,
      receiver: { surname: surnameOf(elder.name), gender: elder.gender },
      postedBy: openedBy,
      communityCode: elder.communityCode,
      plannedStartAt: startedAt,
      plannedMinutes: servedMinutes,
      place: { address: elder.address, ...(elder.point === undefined ? {} : { point: elder.point }) },
      wishes: { languages: [] },
      policyVersion: policy.version,
    },
    visitId: derivedVisit(startedAt, ['back entry', caseId]),
    volunteerId,
    enteredBy: openedBy,
    steps: [step('accepted'), step('in_service'), step('pending_confirm'), step('callback')],
  });
  const diary = await ports.careBook.readDiaryNow(volunteerId);
  const entry = { requestId, plannedStartAt: startedAt, plannedMinutes: servedMinutes };
  const commit = await ports.journal.commit([...plan.changes, noteVisit(diary, entry, command.at)]);
  return commit.kind === 'done' ? done(requestId) : refused('busy_try_again');
};

/**
 * A second person's word. The grant is over the elder and impartial: nobody decides on their own visit.
 * Refuses: exists_with_different_content, id_too_old, id_from_the_future, case_closed, overlapping_visit,
 * second_person_needed, busy_try_again.
 */
export const decideEntry = async (
  ports: Work,
  permit: Grant<'decide_entry'>,
  { record, elder }: { record: BackEntryRecord; elder: Member },
  body: DecideEntry,
): Promise<Outcome<EntryReceipt>> => {
  const { commandId, isApproved } = body;
  const command = commandOf(ports, permit, commandId, [record.caseId, body]);
  const { fingerprint, at } = command;
  const actorId = permit.actor.memberId;
  if (record.decision?.commandId === commandId) {
    return record.decision.fingerprint === fingerprint
      ? replayed(receiptOf(record))
      : refused('exists_with_different_content');
  }
  const byAge = refusedByAge(commandId, at);
  if (byAge !== undefined) return byAge;
  if (record.state !== 'waiting') return refused('case_closed');
  if (record.openedBy === actorId) return refused('second_person_needed');
  const written = isApproved ? await writeVisit(ports, command, record, elder) : undefined;
  if (written?.kind === 'refused') return written;
  const next: BackEntryRecord = {
    ...record,
    version: record.version + 1,
    state: isApproved ? 'ended' : 'declined',
    decision: { commandId, fingerprint, actorId, at, isApproved },
    ...(written === undefined ? {} : { requestId: written.value }),
  };
  return (await ports.caseBook.move(next)) ? done(receiptOf(next)) : refused('busy_try_again');
};

const masked = ({ memberId, name, gender }: Member) => ({ memberId, surname: surnameOf(name), gender });

/** Those that wait for a second person, oldest first. */
export const listEntries = async (
  ports: Pick<Ports, 'people' | 'caseBook'>,
  _permit: Grant<'list_entries'>,
  communityCode: CommunityCode,
  cursor?: string,
): Promise<Outcome<EntryCaseList>> => {
  const page = await ports.caseBook.listOpen('back_entry', communityCode, { limit: A_PAGE, cursor });
  const people = await ports.people.readMembers(
    page.items.flatMap(({ elderId, volunteerId }) => [elderId, volunteerId]),
  );
  return done({
    ...(page.cursor === undefined ? {} : { cursor: page.cursor }),
    items: page.items.flatMap((record) => {
      const [elder, volunteer] = [people.get(record.elderId), people.get(record.volunteerId)];
      if (elder === undefined || volunteer === undefined) return [];
      const { caseId, serviceCode, startedAt, servedMinutes, evidence, state, openedBy, openedAt } = record;
      return [
        {
          ...{
            caseId,
            communityCode,
            serviceCode,
            startedAt,
            servedMinutes,
            evidence,
            state,
            openedBy,
            openedAt,
          },
          elder: masked(elder),
          volunteer: masked(volunteer),
        },
      ];
    }),
  });
};
