/** Help that comes again and again begins: its rule is looked at first, and so is what one of its dates asks for. */
import { checkOrder, isRegional } from '@time-bank/care/catalogue';
import { nextDates, startOn } from '@time-bank/care/repeat-rule';
import { repeatWords } from '@time-bank/care/repeat-words';
import { type SeriesCommand, seriesReceipt, seriesStepDone } from '@time-bank/care/series';
import { services } from '@time-bank/care/service';
import type { MemberId } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import { type Outcome, type Planned, done, refused } from '@time-bank/contracts/refusals';
import type { OpenSeries, PreviewSeries, SeriesPreview, SeriesReceipt } from '@time-bank/contracts/series';
import { civilDateOf } from '@time-bank/contracts/time';
import type { Words } from '@time-bank/contracts/words';
import type { Grant } from '@time-bank/identity/grant';
import { nowOf, refusedByAge } from './carry-out.ts';
import { policyNow } from './policy-of.ts';
import type { Ports } from './ports.ts';
import { mayRedeem } from './redeem-hours.ts';
import { seriesCommand } from './series-step.ts';
import { serviceNames } from './service-names.ts';
import type { SeriesCase } from './staff-case.ts';

/** Dates that a preview shows. */
const DATES_SHOWN = 8;

type Work = Pick<Ports, 'clock' | 'caseBook' | 'policies'>;

/** What the service is called where whoever asks is at home; nothing is read for one that is called the same everywhere. */
const serviceWordsFor = async (
  ports: Pick<Ports, 'clock' | 'people' | 'policies'>,
  memberId: MemberId,
  serviceCode: PreviewSeries['serviceCode'],
): Promise<Words> => {
  const me = isRegional(serviceCode) ? await ports.people.readMember(memberId) : undefined;
  if (me === undefined) return services[serviceCode].words;
  const made = { serviceCode, region: me.communityCode, on: civilDateOf(nowOf(ports)) };
  return (await serviceNames(ports, [made]))(made);
};

/** The first dates of a rule, and the rule in words. Refuses: rule_never_fires. */
export const previewSeries = async (
  ports: Pick<Ports, 'clock' | 'people' | 'policies'>,
  { actor }: Grant<'preview_series'>,
  { serviceCode, ...said }: PreviewSeries,
): Promise<Outcome<SeriesPreview>> => {
  const dates = nextDates(said, said.from, DATES_SHOWN);
  if (dates.length === 0) return refused('rule_never_fires');
  return done({
    words: repeatWords({ ...said, service: await serviceWordsFor(ports, actor.memberId, serviceCode) }),
    next: dates.map((date) => startOn(date, said.startMinute)),
  });
};

/** Whether this elder may have this again and again. Refuses: as openSeries. */
const check = async (
  ports: Work,
  receiver: Member,
  body: OpenSeries,
  { at }: SeriesCommand,
): Promise<Planned<undefined>> => {
  if (body.from < civilDateOf(at)) return refused('starts_in_past');
  const policy = await policyNow(ports, receiver.communityCode);
  const isResident = receiver.roles.some(({ role }) => role === 'resident');
  if (body.paidBy === 'community' && !isResident) return refused('not_receiving_care');
  const { serviceCode, plannedMinutes, paidBy } = body;
  const { abilityLevel } = receiver;
  const plannedStartAt = startOn(body.from, body.startMinute);
  const traits = checkOrder(policy, { serviceCode, plannedStartAt, plannedMinutes, abilityLevel, paidBy });
  if (traits.kind === 'refused') return traits;
  // Professionals are sent by the desk, each time anew.
  if (traits.value.madeBy !== 'volunteer') return refused('service_not_offered');
  if (paidBy === 'hours' && !mayRedeem(policy, receiver, at)) return refused('too_young_to_redeem');
  return nextDates(body, body.from, 1).length === 0 ? refused('rule_never_fires') : done(undefined);
};

const newCase = (receiver: Member, body: OpenSeries, command: SeriesCommand): SeriesCase => {
  const { caseId, receiverId, note, ...said } = body;
  return {
    ...said,
    kind: 'series',
    caseId,
    version: 1,
    region: receiver.communityCode,
    communityCode: receiver.communityCode,
    openedBy: command.actorId === 'system' ? receiverId : command.actorId,
    openedAt: command.at,
    dueAt: command.at,
    fingerprint: command.fingerprint,
    elderId: receiverId,
    ...(note === undefined || note === '' ? {} : { note }),
    state: 'open',
    skipped: [],
    moved: [],
    pauses: [],
    posted: [],
    short: [],
    history: [{ ...command, step: 'opened', state: 'open' }],
  };
};

/**
 * Begins a series, once for each id; the schedule posts its dates. The grant is over the elder.
 * Refuses: exists_with_different_content, id_too_old, id_from_the_future, starts_in_past, not_receiving_care,
 * service_not_offered, service_not_suited, outside_service_hours, minutes_out_of_bounds, too_young_to_redeem,
 * rule_never_fires, busy_try_again.
 */
export const openSeries = async (
  ports: Work,
  permit: Grant<'open_series'>,
  receiver: Member,
  body: OpenSeries,
): Promise<Outcome<SeriesReceipt>> => {
  const command = seriesCommand(ports, permit, body.caseId, body);
  const answerOf = (kept: SeriesCase): Outcome<SeriesReceipt> =>
    seriesStepDone(kept.caseId, kept.history, command) ?? refused('exists_with_different_content');
  const before = await ports.caseBook.readNow('series', body.caseId);
  if (before !== undefined) return answerOf(before);
  const byAge = refusedByAge(body.caseId, command.at);
  if (byAge !== undefined) return byAge;
  const may = await check(ports, receiver, body, command);
  if (may.kind === 'refused') return may;
  const record = newCase(receiver, body, command);
  const [event] = record.history;
  if (event !== undefined && (await ports.caseBook.put(record))) {
    return done(seriesReceipt(body.caseId, event));
  }
  const kept = await ports.caseBook.readNow('series', body.caseId);
  return kept === undefined ? refused('busy_try_again') : answerOf(kept);
};
