/**
 * The routes of visits as they are made: what was found, what shows presence, what was broken off, what is entered from
 * paper; safety alarms, great events, bad weather; and the rates of a place.
 */
import * as z from 'zod/mini';
import {
  AlarmList,
  AlarmQuery,
  AlarmReceipt,
  AlarmView,
  CheckAlarm,
  CloseAlarm,
  SecondTry,
} from './alarm.ts';
import { CoverageRates, RatesQuery } from './coverage.ts';
import { CommandId, MemberId, RequestId, VisitId } from './ids.ts';
import { MaskedPerson, VisitCode } from './member.ts';
import { PlannedMinutes } from './minutes.ts';
import { CommunityCode, RegionCode } from './region.ts';
import { Receipt, ServiceCode } from './request.ts';
import type { Route } from './routes.ts';
import { CivilDate, Instant } from './time.ts';
import { MajorEventKind, VisitReport } from './visiting.ts';
import { wholeCharacters } from './words.ts';

const text = (max: number) => z.string().check(z.trim(), wholeCharacters, z.minLength(1), z.maxLength(max));

/** Six digits that the elder reads aloud, good once and until then. */
export const SpokenCode = z.strictObject({ code: VisitCode, until: Instant });
export type SpokenCode = z.infer<typeof SpokenCode>;

/** Asks for them; nothing is to be said beside the visit. */
export const MakeSpokenCode = z.strictObject({});

/** A visitor breaks a visit off; why, and in a word what happened (200 characters at most). */
export const AbortVisit = z.strictObject({
  commandId: CommandId,
  reason: z.enum(['danger', 'refused', 'unwell', 'other']),
  note: z.exactOptional(text(200)),
});
export type AbortVisit = z.infer<typeof AbortVisit>;

/** What was found on a visit: all five groups, the result, and a word where it is not `normal`. */
export const ReportVisit = z
  .strictObject({
    commandId: CommandId,
    findings: VisitReport.shape.findings,
    result: VisitReport.shape.result,
    note: VisitReport.shape.note,
  })
  .check(
    z.refine(({ result, note }) => result === 'normal' || note !== undefined, {
      path: ['note'],
      error: 'is needed for this result',
    }),
  );
export type ReportVisit = z.infer<typeof ReportVisit>;

/** Somebody has called: the volunteer is or was there, or is not. */
export const CallProof = z.strictObject({ commandId: CommandId, visitId: VisitId, isGood: z.boolean() });
export type CallProof = z.infer<typeof CallProof>;

/** A visit from paper: who went to whom, when, how long, and what shows it (the number of the sheet, who has signed). */
export const EnterVisit = z.strictObject({
  commandId: CommandId,
  elderId: MemberId,
  volunteerId: MemberId,
  serviceCode: ServiceCode,
  startedAt: Instant,
  servedMinutes: PlannedMinutes,
  evidence: text(200),
});
export type EnterVisit = z.infer<typeof EnterVisit>;

/** The word of a second person on such a visit. */
export const DecideEntry = z.strictObject({ commandId: CommandId, isApproved: z.boolean() });
export type DecideEntry = z.infer<typeof DecideEntry>;

/** How a visit from paper stands: it waits, is a request that the hotline asks about, or is not to be. */
export const EntryState = z.enum(['waiting', 'ended', 'declined', 'refused']);

/** What a command on a visit from paper answers; `requestId`: the visit that it has become. */
export const EntryReceipt = z.strictObject({
  caseId: CommandId,
  state: EntryState,
  at: Instant,
  requestId: z.exactOptional(RequestId),
});
export type EntryReceipt = z.infer<typeof EntryReceipt>;

/** A visit from paper as staff see it. */
export const EntryCaseView = z.strictObject({
  caseId: CommandId,
  communityCode: CommunityCode,
  elder: MaskedPerson,
  volunteer: MaskedPerson,
  serviceCode: ServiceCode,
  startedAt: Instant,
  servedMinutes: z.int(),
  evidence: z.string(),
  state: EntryState,
  openedBy: MemberId,
  openedAt: Instant,
});
export type EntryCaseView = z.infer<typeof EntryCaseView>;
/** Those that wait for a second person, oldest first. */
export const EntryCaseList = z.strictObject({
  items: z.array(EntryCaseView),
  cursor: z.exactOptional(z.string()),
});
export type EntryCaseList = z.infer<typeof EntryCaseList>;

/** Something great has happened to an elder. */
export const NoteEvent = z.strictObject({
  commandId: CommandId,
  elderId: MemberId,
  kind: MajorEventKind,
  at: Instant,
});
export type NoteEvent = z.infer<typeof NoteEvent>;

/** Extreme weather in a region: on these days everybody is looked in on; thirty days at most. */
export const DeclareWeather = z
  .strictObject({
    commandId: CommandId,
    region: RegionCode,
    from: CivilDate,
    until: CivilDate,
  })
  .check(
    z.refine(({ from, until }) => from <= until && Date.parse(until) - Date.parse(from) <= 30 * 86_400_000, {
      path: ['until'],
      error: 'is not before the first day, and thirty days after it at most',
    }),
  );
export type DeclareWeather = z.infer<typeof DeclareWeather>;

/** What was noted, and when. `communities`: on how many boards it stands. */
export const NotedReceipt = z.strictObject({ commandId: CommandId, at: Instant, communities: z.int() });
export type NotedReceipt = z.infer<typeof NotedReceipt>;

const command = { method: 'post', signedIn: true, tag: 'visiting' } as const;
const read = { method: 'get', signedIn: true, status: 200, tag: 'visiting' } as const;
const ids = ['exists_with_different_content', 'id_too_old', 'id_from_the_future'] as const;

/** All of them. */
export const visitingRoutes: readonly Route[] = [
  {
    ...command,
    path: '/api/requests/{requestId}/report',
    operationId: 'reportVisit',
    status: 200,
    summary:
      'What the visitor found: five groups and the result. Danger and an elder who was not met give the alarm.',
    body: ReportVisit,
    answer: Receipt,
    refusals: [
      'unknown_request',
      ...ids,
      'wrong_step',
      'not_accepted',
      'too_early_to_check_in',
      'already_reported',
      'unknown_policy_version',
      'busy_try_again',
    ],
  },
  {
    ...command,
    path: '/api/requests/{requestId}/abort',
    operationId: 'abortVisit',
    status: 200,
    summary: 'The visitor breaks the visit off: what was served until now is kept, and somebody calls.',
    body: AbortVisit,
    answer: Receipt,
    refusals: ['unknown_request', ...ids, 'not_in_service', 'busy_try_again'],
  },
  {
    ...command,
    path: '/api/requests/{requestId}/spoken-code',
    operationId: 'makeSpokenCode',
    status: 200,
    summary: 'Six digits that the elder reads aloud to whoever has come; good once.',
    body: MakeSpokenCode,
    answer: SpokenCode,
    refusals: ['not_allowed', 'unknown_request', 'not_accepted'],
  },
  {
    ...command,
    path: '/api/requests/{requestId}/call-proof',
    operationId: 'recordCallProof',
    status: 200,
    summary: 'The hotline has called: the volunteer is or was there, or is not.',
    body: CallProof,
    answer: Receipt,
    refusals: ['not_allowed', 'unknown_request', 'unknown_visit', ...ids, 'not_in_service', 'busy_try_again'],
  },
  {
    ...read,
    path: '/api/alarms',
    operationId: 'listAlarms',
    summary: 'The open safety alarms of a community, soonest due first.',
    query: AlarmQuery,
    answer: AlarmList,
    refusals: ['not_allowed', 'unknown_region'],
  },
  {
    ...read,
    path: '/api/alarms/{caseId}',
    operationId: 'readAlarm',
    summary: 'One safety alarm.',
    answer: AlarmView,
    refusals: ['not_allowed', 'unknown_case'],
  },
  {
    ...command,
    path: '/api/alarms/{caseId}/second-try',
    operationId: 'trySecondVisit',
    status: 201,
    summary: 'A second visit is asked for, within a day of the alarm.',
    body: SecondTry,
    answer: AlarmReceipt,
    refusals: [
      'not_allowed',
      'unknown_member',
      'unknown_case',
      ...ids,
      'wrong_step',
      'case_closed',
      'starts_in_past',
      'starts_too_late',
      'not_receiving_care',
      'outside_service_hours',
      'busy_try_again',
    ],
  },
  {
    ...command,
    path: '/api/alarms/{caseId}/check',
    operationId: 'checkAlarm',
    status: 201,
    summary: 'A neighbour, the committee or the family has looked.',
    body: CheckAlarm,
    answer: AlarmReceipt,
    refusals: ['not_allowed', 'unknown_case', ...ids, 'case_closed', 'busy_try_again'],
  },
  {
    ...command,
    path: '/api/alarms/{caseId}/close',
    operationId: 'closeAlarm',
    status: 201,
    summary: 'An alarm ends with what was found.',
    body: CloseAlarm,
    answer: AlarmReceipt,
    refusals: ['not_allowed', 'unknown_case', ...ids, 'wrong_step', 'case_closed', 'busy_try_again'],
  },
  {
    ...command,
    path: '/api/back-entries',
    operationId: 'enterVisit',
    status: 201,
    summary: 'A visit is entered afterwards, from paper; it counts once a second person has said so.',
    body: EnterVisit,
    answer: EntryReceipt,
    refusals: [
      'not_allowed',
      'unknown_member',
      ...ids,
      'starts_too_late',
      'not_receiving_care',
      'own_request',
      'not_eligible',
      'overlapping_visit',
      'back_entry_too_late',
      'busy_try_again',
    ],
  },
  {
    ...read,
    path: '/api/back-entries',
    operationId: 'listEnteredVisits',
    summary: 'Visits from paper that wait for a second person.',
    query: AlarmQuery,
    answer: EntryCaseList,
    refusals: ['not_allowed', 'unknown_region'],
  },
  {
    ...command,
    path: '/api/back-entries/{caseId}/decide',
    operationId: 'decideEnteredVisit',
    status: 201,
    summary: 'A second person says yes or no to a visit from paper.',
    body: DecideEntry,
    answer: EntryReceipt,
    refusals: [
      'not_allowed',
      'unknown_member',
      'unknown_case',
      ...ids,
      'case_closed',
      'overlapping_visit',
      'second_person_needed',
      'busy_try_again',
    ],
  },
  {
    ...command,
    path: '/api/elder-events',
    operationId: 'noteEvent',
    status: 201,
    summary: 'Something great has happened to an elder: somebody is to come within a day.',
    body: NoteEvent,
    answer: NotedReceipt,
    refusals: ['not_allowed', 'unknown_member', ...ids, 'starts_too_late', 'busy_try_again'],
  },
  {
    ...command,
    path: '/api/weather-alerts',
    operationId: 'declareWeather',
    status: 201,
    summary: 'Extreme weather is declared for a region: everybody there is looked in on.',
    body: DeclareWeather,
    answer: NotedReceipt,
    refusals: ['not_allowed', 'unknown_region', ...ids, 'busy_try_again'],
  },
  {
    ...read,
    path: '/api/coverage/rates',
    operationId: 'readRates',
    summary: 'The rates of a week or a month: visited, and helped where a need was found.',
    query: RatesQuery,
    answer: CoverageRates,
    refusals: ['not_allowed', 'unknown_region'],
  },
];
