/** What calls for help, their devices, series and activities say, as it is stored beside what every case has. */
import { ActivityPart, ActivityReceipt, ActivityState, GroupService } from '@time-bank/contracts/activity';
import {
  DeviceProvider,
  EmergencyRung,
  EmergencySource,
  EmergencyState,
  EmergencyStep,
  HandedTo,
} from '@time-bank/contracts/emergency';
import { AccountId, CommandId, MemberId, RequestId, SYSTEM, TransferId } from '@time-bank/contracts/ids';
import { CommunityCode } from '@time-bank/contracts/region';
import { Channel, ServiceCode, Wishes } from '@time-bank/contracts/request';
import { RepeatRule, SeriesState, StopReason } from '@time-bank/contracts/series';
import { CivilDate, Instant } from '@time-bank/contracts/time';
import * as z from 'zod/mini';

const actor = z.union([MemberId, z.literal(SYSTEM)]);

const command = { commandId: CommandId, fingerprint: z.string(), at: Instant };

/** A call for help. */
export const emergencyMatter = {
  kind: z.literal('emergency'),
  caseId: CommandId,
  communityCode: CommunityCode,
  elderId: MemberId,
  source: EmergencySource,
  words: z.exactOptional(z.string()),
  requestId: z.exactOptional(RequestId),
  state: EmergencyState,
  calls: z.int(),
  isFlooded: z.boolean(),
  told: EmergencyRung,
  toldPeople: z.array(MemberId),
  answeredAt: z.exactOptional(Instant),
  onSiteAt: z.exactOptional(Instant),
  history: z.array(
    z.object({
      ...command,
      step: EmergencyStep.shape.step,
      actorId: actor,
      channel: Channel,
      state: EmergencyState,
      rung: z.exactOptional(EmergencyRung),
      to: z.exactOptional(HandedTo),
      words: z.exactOptional(z.string()),
    }),
  ),
};

/** A device that calls for help, and who has it. */
export const alarmDeviceMatter = {
  kind: z.literal('alarm_device'),
  caseId: CommandId,
  communityCode: CommunityCode,
  provider: DeviceProvider,
  serial: z.string(),
  model: z.exactOptional(z.string()),
  elderId: MemberId,
  boundAt: Instant,
  state: z.enum(['bound', 'ended']),
  history: z.array(
    z.object({ ...command, actorId: MemberId, elderId: MemberId, state: z.enum(['bound', 'ended']) }),
  ),
};

/** Help that comes again and again. */
export const seriesMatter = {
  kind: z.literal('series'),
  caseId: CommandId,
  communityCode: CommunityCode,
  elderId: MemberId,
  serviceCode: ServiceCode,
  rule: RepeatRule,
  from: CivilDate,
  startMinute: z.int(),
  plannedMinutes: z.int(),
  wishes: Wishes,
  note: z.exactOptional(z.string()),
  paidBy: z.enum(['community', 'hours']),
  state: SeriesState,
  stopReason: z.exactOptional(StopReason),
  skipped: z.array(CivilDate),
  moved: z.array(z.object({ date: CivilDate, to: Instant })),
  pauses: z.array(z.object({ from: CivilDate, until: CivilDate })),
  posted: z.array(
    z.object({ date: CivilDate, requestId: RequestId, isTakenBack: z.exactOptional(z.literal(true)) }),
  ),
  short: z.array(CivilDate),
  history: z.array(
    z.object({
      ...command,
      step: z.enum(['opened', 'stopped', 'ran_out', 'move_date', 'skip_date', 'pause', 'end']),
      actorId: actor,
      channel: Channel,
      state: SeriesState,
      date: z.exactOptional(CivilDate),
    }),
  ),
};

/** A group activity and its list. */
export const activityMatter = {
  kind: z.literal('activity'),
  caseId: CommandId,
  communityCode: CommunityCode,
  organisationId: AccountId,
  organisationName: z.string(),
  serviceCode: GroupService,
  title: z.string(),
  startAt: Instant,
  plannedMinutes: z.int(),
  place: z.string(),
  note: z.exactOptional(z.string()),
  volunteerPlaces: z.int(),
  guestPlaces: z.int(),
  state: ActivityState,
  names: z.array(
    z.object({
      memberId: MemberId,
      part: ActivityPart,
      standing: z.enum(['in', 'waiting']),
      by: MemberId,
      at: Instant,
      isMinor: z.boolean(),
      minutes: z.exactOptional(z.int()),
    }),
  ),
  banked: z.exactOptional(z.object({ transferId: TransferId, totalMinutes: z.int() })),
  reason: z.exactOptional(z.string()),
  history: z.array(
    z.object({
      ...command,
      step: z.enum(['opened', 'joined', 'left', 'ticked', 'closed', 'cancelled']),
      actorId: MemberId,
      receipt: ActivityReceipt,
    }),
  ),
};
