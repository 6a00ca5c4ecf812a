/** The audit log: for whoever checks it, and for a person who asks who looked at their file. */
import type { AuditLine, AuditPage, FileMatter, FileReading, ReaderPage } from '@time-bank/contracts/audit';
import type { MemberId } from '@time-bank/contracts/ids';
import { type Member, surnameOf } from '@time-bank/contracts/member';
import { type Outcome, done } from '@time-bank/contracts/refusals';
import type { RegionCode } from '@time-bank/contracts/region';
import type { CivilDate } from '@time-bank/contracts/time';
import type { Grant } from '@time-bank/identity/grant';
import type { Action } from '@time-bank/identity/rules';
import type { AuditEvent, SignInEvent } from './audit-event.ts';
import type { Ports } from './ports.ts';

const READERS_A_PAGE = 25;
const LINES_A_PAGE = 100;
/** Lines in one file; the rest comes with the next one. */
const LINES_A_FILE = 5_000;
const LINES_AT_ONCE = 500;

const matters: readonly (readonly [FileMatter, readonly (Action | SignInEvent)[]])[] = [
  ['list', ['list_elders', 'list_volunteers', 'read_coverage', 'list_holders', 'list_linkages']],
  [
    'hours',
    [
      'read_member_account',
      'read_helped',
      'read_by_card',
      'act_for_member',
      'spend_for_elder',
      'bind_family',
      'propose_correction',
      'decide_correction',
      'read_correction',
      'freeze_account',
      'unfreeze_account',
      'close_account',
      'move_account',
      'bring_hours',
      'use_purchase',
      'read_grants',
      'decide_grants',
    ],
  ],
  [
    'requests',
    ['read_request', 'list_community_requests', 'list_candidates', 'ask_volunteers', 'order_for_elder'],
  ],
  [
    'helpers',
    ['propose_binding', 'check_binding', 'confirm_binding', 'end_binding', 'list_bindings', 'list_family'],
  ],
  ['card', ['manage_card', 'issue_card']],
  ['sign_in', ['end_sign_ins', 'recover_sign_in', 'enrol_staff', 'grant_role']],
  [
    'volunteering',
    [
      'apply_volunteer',
      'read_volunteer_file',
      'check_volunteer_site',
      'check_volunteer_county',
      'train_volunteer',
      'pause_volunteer',
    ],
  ],
  ['linkage', ['report_need', 'open_linkage', 'read_linkage', 'assess_linkage', 'dispatch_linkage']],
  ['data', ['give_consent', 'ask_about_data', 'decide_about_data', 'merge_people']],
];

/** What of a file an act was about; the file itself where nothing closer is known. */
const matterOf = (action: AuditEvent['action']): FileMatter =>
  matters.find(([, acts]) => acts.includes(action))?.[0] ?? 'file';

const readingOf = (event: AuditEvent, people: ReadonlyMap<MemberId, Member>): FileReading => {
  const reader = event.actorId === undefined ? undefined : people.get(event.actorId);
  return {
    at: event.at,
    ...(event.as === undefined ? {} : { as: event.as }),
    ...(reader === undefined ? {} : { reader: { surname: surnameOf(reader.name), gender: reader.gender } }),
    matter: matterOf(event.action),
    act: event.action,
    channel: event.channel,
  };
};

/**
 * Who looked at a person's file or changed it, newest first, without the person themselves and without those who were
 * refused. A page may be short; it ends where there is no cursor. Throws InvalidCursor.
 */
export const listReaders = async (
  ports: Pick<Ports, 'auditLog' | 'people'>,
  _permit: Grant<'read_own_file'>,
  about: MemberId,
  cursor?: string,
): Promise<Outcome<ReaderPage>> => {
  const { items, ...rest } = await ports.auditLog.listAbout(about, { limit: READERS_A_PAGE, cursor });
  const others = items.filter(
    ({ actorId, outcome }) => actorId !== undefined && actorId !== about && outcome === 'done',
  );
  const readers = others.flatMap(({ actorId }) => actorId ?? []);
  const people = await ports.people.readMembers([...new Set(readers)]);
  return done({ items: others.map((event) => readingOf(event, people)), ...rest });
};

/** Which lines of the log. */
export interface LogPlace {
  day: CivilDate;
  region?: RegionCode | undefined;
  cursor?: string | undefined;
}

/** A day's lines within a region, oldest first, 100 a page. Throws InvalidCursor. */
export const listAudit = async (
  ports: Pick<Ports, 'auditLog'>,
  _permit: Grant<'read_audit'>,
  { day, region, cursor }: LogPlace,
): Promise<Outcome<AuditPage>> =>
  done(await ports.auditLog.listOfDay(day, region, { limit: LINES_A_PAGE, cursor }));

/** A day's lines within a region for a file, oldest first, up to 5,000; `cursor` where there are more. Throws InvalidCursor. */
export const exportAudit = async (
  ports: Pick<Ports, 'auditLog'>,
  _permit: Grant<'read_audit'>,
  { day, region, cursor }: LogPlace,
): Promise<Outcome<{ items: AuditLine[]; cursor?: string }>> => {
  const items: AuditLine[] = [];
  let place = cursor;
  do {
    const page = await ports.auditLog.listOfDay(day, region, { limit: LINES_AT_ONCE, cursor: place });
    items.push(...page.items);
    place = page.cursor;
  } while (place !== undefined && items.length < LINES_A_FILE);
  return done({ items, ...(place === undefined ? {} : { cursor: place }) });
};
