import {
  AlarmDeviceList,
  AlarmDeviceQuery,
  AlarmDeviceView,
  BindAlarmDevice,
  CallForHelp,
  DeviceEvent,
  DeviceEventReceipt,
  EmergencyList,
  EmergencyQuery,
  EmergencyReceipt,
  EmergencyView,
  EndAlarmDevice,
  HelpQuery,
  HelpState,
  MoveEmergency,
  TakeBackEmergency,
} from '@time-bank/contracts/emergency';
import { CommandId, type MemberId, type RequestId } from '@time-bank/contracts/ids';
import type { Member } from '@time-bank/contracts/member';
import { bindAlarmDevice, endAlarmDevice, listAlarmDevices } from '@time-bank/desk/alarm-devices';
import { callForHelp, readHelp } from '@time-bank/desk/call-for-help';
import { takeDeviceEvent } from '@time-bank/desk/device-events';
import { moveEmergency, takeBackEmergency } from '@time-bank/desk/move-emergency';
import { listEmergencies, readEmergency } from '@time-bank/desk/read-emergency';
import type { Subject } from '@time-bank/identity/grant';
import { type Context, Hono } from 'hono';
import { permittedFor, subjectOfElder } from '../acting.ts';
import { type Env, signedIn } from '../actor.ts';
import { present } from '../answers.ts';
import type { Deps } from '../deps.ts';
import { PROVIDER_HEADER, SIGNATURE_HEADER, TIMESTAMP_HEADER, signerOf } from '../device-signature.ts';
import { pathParam } from '../path-param.ts';
import { permitted } from '../permit.ts';
import { Refused } from '../refused.ts';
import { body, query } from '../validate.ts';

const caseIdParam = pathParam('caseId', CommandId, 'unknown_case', (caseId) => ({ caseId }));

export const emergencyRoutes = (deps: Deps) => {
  const { ports } = deps;
  /** An elder, and the leave to call for them; whoever visits this very elder may, too. */
  const forElder = async (
    c: Context<Env>,
    elderId: MemberId,
    requestId?: RequestId,
    thing?: string,
  ): Promise<{ elder: Member; permit: Awaited<ReturnType<typeof permittedFor<'call_for_help'>>> }> => {
    const elder = await ports.people.readMember(elderId);
    const facts = requestId === undefined ? undefined : await ports.careBook.readRequestNow(requestId);
    const visit = facts?.request.receiverId === elderId ? facts.request : undefined;
    const visitors: Subject = {
      ...(visit?.volunteerId === undefined ? {} : { volunteerId: visit.volunteerId }),
      ...(visit?.secondId === undefined ? {} : { secondId: visit.secondId }),
    };
    const subject: Subject = elder === undefined ? {} : { ...visitors, ...subjectOfElder(elder) };
    const permit = await permittedFor(c, ports, 'call_for_help', { subject, ...(thing && { thing }) });
    if (elder === undefined) throw new Refused({ code: 'unknown_member' });
    return { elder, permit };
  };
  /** A call, and the leave of staff to do something about it. */
  const onCall = async <A extends 'read_emergency' | 'move_emergency'>(
    c: Context<Env>,
    action: A,
    caseId: CommandId,
  ) => {
    const call = await ports.caseBook.readNow('emergency', caseId);
    const subject = call === undefined ? {} : { communityCode: call.communityCode, memberId: call.elderId };
    const permit = permitted(c, action, subject, caseId);
    if (call === undefined) throw new Refused({ code: 'unknown_case' });
    return { call, permit };
  };
  return (
    new Hono<Env>()
      .use('/emergencies', signedIn(deps))
      .use('/emergencies/*', signedIn(deps))
      .use('/help', signedIn(deps))
      .use('/alarm-devices', signedIn(deps))
      .use('/alarm-devices/*', signedIn(deps))
      .post('/emergencies', body(CallForHelp), async (c) => {
        const wanted = c.req.valid('json');
        const elderId = wanted.elderId ?? c.var.actor.memberId;
        const { elder, permit } = await forElder(c, elderId, wanted.requestId, wanted.commandId);
        return present(c, EmergencyReceipt, await callForHelp(ports, permit, elder, wanted), 201);
      })
      .get('/emergencies', query(EmergencyQuery), async (c) => {
        const { community, cursor } = c.req.valid('query');
        const permit = permitted(c, 'list_emergencies', { communityCode: community });
        return present(c, EmergencyList, await listEmergencies(ports, permit, community, cursor), 200);
      })
      .get('/emergencies/:caseId', caseIdParam, async (c) => {
        const { call, permit } = await onCall(c, 'read_emergency', c.req.valid('param').caseId);
        return present(c, EmergencyView, await readEmergency(ports, permit, call), 200);
      })
      .post('/emergencies/:caseId/steps', caseIdParam, body(MoveEmergency), async (c) => {
        const { call, permit } = await onCall(c, 'move_emergency', c.req.valid('param').caseId);
        return present(
          c,
          EmergencyReceipt,
          await moveEmergency(ports, permit, call, c.req.valid('json')),
          201,
        );
      })
      .post('/emergencies/:caseId/mistake', caseIdParam, body(TakeBackEmergency), async (c) => {
        const { caseId } = c.req.valid('param');
        const call = await ports.caseBook.readNow('emergency', caseId);
        const subject =
          call === undefined ? {} : { communityCode: call.communityCode, memberId: call.elderId };
        const permit = await permittedFor(c, ports, 'take_back_emergency', { subject, thing: caseId });
        if (call === undefined) throw new Refused({ code: 'unknown_case' });
        const outcome = await takeBackEmergency(ports, permit, call, c.req.valid('json'));
        return present(c, EmergencyReceipt, outcome, 201);
      })
      .get('/help', query(HelpQuery), async (c) => {
        const { elder, permit } = await forElder(c, c.req.valid('query').memberId ?? c.var.actor.memberId);
        return present(c, HelpState, await readHelp(ports, permit, elder), 200);
      })
      .post('/alarm-devices', body(BindAlarmDevice), async (c) => {
        const wanted = c.req.valid('json');
        const elder = await ports.people.readMember(wanted.elderId);
        const permit = permitted(c, 'bind_alarm_device', subjectOfElder(elder), wanted.commandId);
        if (elder === undefined) throw new Refused({ code: 'unknown_member' });
        return present(c, AlarmDeviceView, await bindAlarmDevice(ports, permit, elder, wanted), 201);
      })
      .get('/alarm-devices', query(AlarmDeviceQuery), async (c) => {
        const { community, cursor } = c.req.valid('query');
        const permit = permitted(c, 'list_alarm_devices', { communityCode: community });
        return present(c, AlarmDeviceList, await listAlarmDevices(ports, permit, community, cursor), 200);
      })
      .post('/alarm-devices/:caseId/end', caseIdParam, body(EndAlarmDevice), async (c) => {
        const { caseId } = c.req.valid('param');
        const device = await ports.caseBook.readNow('alarm_device', caseId);
        const subject =
          device === undefined ? {} : { communityCode: device.communityCode, memberId: device.elderId };
        const permit = permitted(c, 'end_alarm_device', subject, caseId);
        if (device === undefined) throw new Refused({ code: 'unknown_case' });
        const outcome = await endAlarmDevice(ports, permit, device, c.req.valid('json').commandId);
        return present(c, AlarmDeviceView, outcome, 201);
      })
      // What is signed is the message as it was sent; whether it is one at all is looked at first, as everywhere.
      .post('/device-events', body(DeviceEvent), async (c) => {
        const signer = signerOf(
          deps.deviceKeys ?? {},
          {
            provider: c.req.header(PROVIDER_HEADER),
            timestamp: c.req.header(TIMESTAMP_HEADER),
            signature: c.req.header(SIGNATURE_HEADER),
            message: await c.req.text(),
          },
          ports.clock.nowMs(),
        );
        if (signer === undefined) throw new Refused({ code: 'signature_not_accepted' });
        const outcome = await takeDeviceEvent(ports, { ...c.req.valid('json'), ...signer });
        return present(c, DeviceEventReceipt, outcome, 202);
      })
  );
};
