/**
 * A call for help (一键通): who is told, in which order, who came, and how it ended. It never replaces 120, and it never
 * asks for a balance.
 */
import * as z from 'zod/mini';
import { Cursor } from './cursor.ts';
import { EmergencyContact } from './elder-file.ts';
import { CommandId, MemberId, RequestId } from './ids.ts';
import { Address, MaskedPerson, ReachablePerson } from './member.ts';
import { CommunityCode } from './region.ts';
import { Channel } from './request.ts';
import { Instant } from './time.ts';
import { machineCharacters, nameCharacters, wholeCharacters } from './words.ts';

const text = (max: number) => z.string().check(z.trim(), wholeCharacters, z.minLength(1), z.maxLength(max));

/** Who called: the elder's own button, a helper, staff for a caller, a visitor, a device. */
export const EmergencySource = z.enum(['own_button', 'helper', 'staff', 'visit', 'device']);
export type EmergencySource = z.infer<typeof EmergencySource>;

/**
 * Where a call for help stands. open -> answered -> dispatched -> on_site -> handed_over -> reviewed -> closed; whoever
 * called may say that it was a mistake, and somebody looks at that, too. Which state leads to which stands in one
 * table, `packages/care/emergency.ts`.
 */
export const EmergencyState = z.enum([
  'open',
  'answered',
  'dispatched',
  'on_site',
  'handed_over',
  'mistaken',
  'reviewed',
  'closed',
]);
export type EmergencyState = z.infer<typeof EmergencyState>;

/** Who is told, one after the other, until somebody answers: the desk, family and helpers, township, county. */
export const emergencyRungs = ['desk', 'family', 'township', 'county'] as const;
/** One of them. */
export const EmergencyRung = z.enum(emergencyRungs);
export type EmergencyRung = z.infer<typeof EmergencyRung>;

/** Into whose hands the elder was given: 120, 110, 119, the family, the community. */
export const HandedTo = z.enum(['ambulance', 'police', 'fire', 'family', 'community']);
export type HandedTo = z.infer<typeof HandedTo>;

/**
 * Calls for help: for oneself where `elderId` is left out; else for an elder whom one helps, looks after or visits
 * (`requestId`). A second call while somebody is still needed is the same one.
 */
export const CallForHelp = z.strictObject({
  commandId: CommandId,
  elderId: z.exactOptional(MemberId),
  requestId: z.exactOptional(RequestId),
  words: z.exactOptional(text(200)),
});
export type CallForHelp = z.infer<typeof CallForHelp>;

/** What can be done about a call: by staff in `moveEmergency`, by whoever called in `takeBackEmergency`. */
export const EmergencyAct = z.enum([
  'answered',
  'dispatched',
  'on_site',
  'handed_over',
  'reviewed',
  'closed',
]);
export type EmergencyAct = z.infer<typeof EmergencyAct>;

/**
 * Staff do the next thing about a call. `to`: with `handed_over`, and only then. `words`: who goes, what was found; a
 * review has to say how it went.
 */
export const MoveEmergency = z
  .strictObject({
    commandId: CommandId,
    act: EmergencyAct,
    to: z.exactOptional(HandedTo),
    words: z.exactOptional(text(200)),
  })
  .check(
    z.refine(({ act, to }) => (act === 'handed_over') === (to !== undefined), {
      path: ['to'],
      error: 'goes with act=handed_over, and act=handed_over with it',
    }),
    z.refine(({ act, words }) => act !== 'reviewed' || words !== undefined, {
      path: ['words'],
      error: 'a review says how it went',
    }),
  );
export type MoveEmergency = z.infer<typeof MoveEmergency>;

/** Says that a call was a mistake. Somebody on the staff still looks at it. */
export const TakeBackEmergency = z.strictObject({ commandId: CommandId });
export type TakeBackEmergency = z.infer<typeof TakeBackEmergency>;

/** What a step on a call answers, the same for ever. `isJoined`: there was a call already, and this one is the same. */
export const EmergencyReceipt = z.strictObject({
  caseId: CommandId,
  state: EmergencyState,
  at: Instant,
  isJoined: z.boolean(),
});
export type EmergencyReceipt = z.infer<typeof EmergencyReceipt>;

/** What happened about a call, when, by which way; `rung`: who was told. `by` is absent where the service did it. */
export const EmergencyStep = z.strictObject({
  step: z.enum(['opened', 'called_again', 'told', 'mistaken', ...EmergencyAct.options]),
  at: Instant,
  channel: Channel,
  by: z.exactOptional(MaskedPerson),
  rung: z.exactOptional(EmergencyRung),
  to: z.exactOptional(HandedTo),
  words: z.exactOptional(z.string()),
});
export type EmergencyStep = z.infer<typeof EmergencyStep>;

/**
 * A call as staff see it. `rung`: who has been told by now, `nextRungAt`: when the next are, absent where nobody follows or
 * somebody has come. `calls`: how often it was called, `isFlooded`: a device was turned away since. Seconds and minutes
 * are whole, from the opening, absent where nobody has answered or come yet.
 */
export const EmergencyView = z.strictObject({
  caseId: CommandId,
  state: EmergencyState,
  source: EmergencySource,
  elder: ReachablePerson,
  address: z.exactOptional(Address),
  homeNotes: z.exactOptional(z.string()),
  contacts: z.array(EmergencyContact),
  communityCode: CommunityCode,
  openedAt: Instant,
  secondsOpen: z.int(),
  rung: EmergencyRung,
  nextRungAt: z.exactOptional(Instant),
  calls: z.int(),
  isFlooded: z.boolean(),
  words: z.exactOptional(z.string()),
  requestId: z.exactOptional(RequestId),
  answerSeconds: z.exactOptional(z.int()),
  onSiteMinutes: z.exactOptional(z.int()),
  onSiteBy: z.exactOptional(Instant),
  steps: z.array(EmergencyStep),
});
export type EmergencyView = z.infer<typeof EmergencyView>;

/** Of which community. */
export const EmergencyQuery = z.strictObject({ community: CommunityCode, cursor: z.exactOptional(Cursor) });
/** The calls of a community that are not closed, the oldest first. */
export const EmergencyList = z.strictObject({
  items: z.array(EmergencyView),
  cursor: z.exactOptional(z.string()),
});
export type EmergencyList = z.infer<typeof EmergencyList>;

/** Whose: an elder's whom one helps; one's own where it is left out. */
export const HelpQuery = z.strictObject({ memberId: z.exactOptional(MemberId) });
/** How the last call of an elder stands, as the elder sees it; nothing where there was none in the last 24 hours. */
export const HelpState = z.strictObject({
  call: z.exactOptional(
    z.strictObject({
      caseId: CommandId,
      state: EmergencyState,
      openedAt: Instant,
      answeredBy: z.exactOptional(MaskedPerson),
    }),
  ),
});
export type HelpState = z.infer<typeof HelpState>;

/** Who makes devices or carries their signals: a short word of small letters, digits and hyphens. */
export const DeviceProvider = z.string().check(z.regex(/^[a-z0-9][a-z0-9-]{1,23}$/));
export type DeviceProvider = z.infer<typeof DeviceProvider>;

/** The number on a device: letters, digits, hyphens, dots and colons. */
export const DeviceSerial = z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9.:-]{2,63}$/));

/** Gives an elder a device that calls for help, or takes it back. */
export const BindAlarmDevice = z.strictObject({
  commandId: CommandId,
  elderId: MemberId,
  provider: DeviceProvider,
  serial: DeviceSerial,
  model: z.exactOptional(z.string().check(z.trim(), nameCharacters, z.minLength(1), z.maxLength(40))),
});
export type BindAlarmDevice = z.infer<typeof BindAlarmDevice>;

/** A device comes back. */
export const EndAlarmDevice = z.strictObject({ commandId: CommandId });
export type EndAlarmDevice = z.infer<typeof EndAlarmDevice>;

/** A device and who has it. */
export const AlarmDeviceView = z.strictObject({
  caseId: CommandId,
  provider: DeviceProvider,
  serial: DeviceSerial,
  model: z.exactOptional(z.string()),
  elder: MaskedPerson,
  boundAt: Instant,
  isBound: z.boolean(),
});
export type AlarmDeviceView = z.infer<typeof AlarmDeviceView>;

/** Of which community. */
export const AlarmDeviceQuery = z.strictObject({ community: CommunityCode, cursor: z.exactOptional(Cursor) });
/** The devices of a community that somebody has. */
export const AlarmDeviceList = z.strictObject({
  items: z.array(AlarmDeviceView),
  cursor: z.exactOptional(z.string()),
});
export type AlarmDeviceList = z.infer<typeof AlarmDeviceList>;

/**
 * What a device has noticed, as its provider sends it: signed, once for each `eventId`. `test` opens nothing. The
 * signature is not in the message: README of `functions/api`, "Devices".
 */
export const DeviceEvent = z.strictObject({
  eventId: z.string().check(machineCharacters, z.minLength(8), z.maxLength(64)),
  serial: DeviceSerial,
  kind: z.enum(['button', 'fall', 'no_activity', 'test']),
});
export type DeviceEvent = z.infer<typeof DeviceEvent>;

/** What was made of it: a call was opened, one that is open was called again, it was known, or it was a test. */
export const DeviceEventReceipt = z.strictObject({
  eventId: z.string(),
  result: z.enum(['opened', 'counted', 'known', 'tested']),
});
export type DeviceEventReceipt = z.infer<typeof DeviceEventReceipt>;
