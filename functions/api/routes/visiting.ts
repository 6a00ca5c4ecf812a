import {
  AlarmList,
  AlarmQuery,
  AlarmReceipt,
  AlarmView,
  CheckAlarm,
  CloseAlarm,
  SecondTry,
} from '@time-bank/contracts/alarm';
import { CommandId, type MemberId, type RequestId } from '@time-bank/contracts/ids';
import { Receipt } from '@time-bank/contracts/request';
import {
  AbortVisit,
  CallProof,
  DecideEntry,
  DeclareWeather,
  EnterVisit,
  EntryCaseList,
  EntryReceipt,
  MakeSpokenCode,
  NoteEvent,
  NotedReceipt,
  ReportVisit,
  SpokenCode,
} from '@time-bank/contracts/visiting-routes';
import { abortVisit } from '@time-bank/desk/abort-visit';
import { recordCallProof } from '@time-bank/desk/call-proof';
import { decideEntry, enterVisit, listEntries } from '@time-bank/desk/enter-visit';
import { checkAlarm, closeAlarm, trySecondVisit } from '@time-bank/desk/move-alarm';
import { declareWeather, noteEvent } from '@time-bank/desk/note-event';
import { listAlarms, readAlarm } from '@time-bank/desk/read-alarm';
import { reportVisit } from '@time-bank/desk/report-visit';
import { makeSpokenCode } from '@time-bank/desk/spoken-code';
import { subjectOf } from '@time-bank/desk/subject-of';
import type { Action } from '@time-bank/identity/rules';
import { type Context, Hono } from 'hono';
import { type Env, signedIn } from '../actor.ts';
import { present } from '../answers.ts';
import { communityAsked } from '../community.ts';
import type { Deps } from '../deps.ts';
import { pathParam } from '../path-param.ts';
import { permitted } from '../permit.ts';
import { Refused } from '../refused.ts';
import { body, query, requestIdParam } from '../validate.ts';

const caseIdParam = pathParam('caseId', CommandId, 'unknown_case', (caseId) => ({ caseId }));

export const visitingRoutes = (deps: Deps) => {
  const { ports } = deps;
  /** The request and the leave to act on it. Without leave the answer is the same whether it is there or not. */
  const onRequest = async <A extends Action>(c: Context<Env>, action: A, requestId: RequestId) => {
    const facts = await ports.careBook.readRequestNow(requestId);
    const subject = facts === undefined ? {} : await subjectOf(ports, facts);
    const permit = permitted(c, action, subject, requestId);
    if (facts === undefined) throw new Refused({ code: 'unknown_request' });
    return { facts, permit };
  };
  const onElder = async <A extends Action>(c: Context<Env>, action: A, elderId: MemberId) => {
    const elder = await ports.people.readMember(elderId);
    const subject =
      elder === undefined ? {} : { communityCode: elder.communityCode, memberId: elder.memberId };
    const permit = permitted(c, action, subject);
    if (elder === undefined) throw new Refused({ code: 'unknown_member' });
    return { elder, permit };
  };
  const onAlarm = async <A extends Action>(c: Context<Env>, action: A, caseId: CommandId) => {
    const record = await ports.caseBook.readNow('alarm', caseId);
    const subject =
      record === undefined ? {} : { communityCode: record.communityCode, memberId: record.elderId };
    const permit = permitted(c, action, subject, caseId);
    if (record === undefined) throw new Refused({ code: 'unknown_case' });
    return { record, permit };
  };
  return new Hono<Env>()
    .use('/alarms/*', signedIn(deps))
    .use('/back-entries/*', signedIn(deps))
    .use('/elder-events', signedIn(deps))
    .use('/weather-alerts', signedIn(deps))
    .post('/requests/:requestId/report', requestIdParam, body(ReportVisit), async (c) => {
      const { facts, permit } = await onRequest(c, 'report_visit', c.req.valid('param').requestId);
      return present(c, Receipt, await reportVisit(ports, permit, facts, c.req.valid('json')), 200);
    })
    .post('/requests/:requestId/abort', requestIdParam, body(AbortVisit), async (c) => {
      const { facts, permit } = await onRequest(c, 'abort_visit', c.req.valid('param').requestId);
      return present(c, Receipt, await abortVisit(ports, permit, facts, c.req.valid('json')), 200);
    })
    .post('/requests/:requestId/spoken-code', requestIdParam, body(MakeSpokenCode), async (c) => {
      const { facts, permit } = await onRequest(c, 'make_spoken_code', c.req.valid('param').requestId);
      return present(c, SpokenCode, makeSpokenCode({ ...ports, keys: deps.keys }, permit, facts), 200);
    })
    .post('/requests/:requestId/call-proof', requestIdParam, body(CallProof), async (c) => {
      const { facts, permit } = await onRequest(c, 'record_call_proof', c.req.valid('param').requestId);
      return present(c, Receipt, await recordCallProof(ports, permit, facts, c.req.valid('json')), 200);
    })
    .get('/alarms', query(AlarmQuery), async (c) => {
      const { community, cursor } = c.req.valid('query');
      const { communityCode, permit } = await communityAsked(deps, c, 'list_alarms', community);
      return present(c, AlarmList, await listAlarms(ports, permit, communityCode, cursor), 200);
    })
    .get('/alarms/:caseId', caseIdParam, async (c) => {
      const { record, permit } = await onAlarm(c, 'list_alarms', c.req.valid('param').caseId);
      return present(c, AlarmView, await readAlarm(ports, permit, record), 200);
    })
    .post('/alarms/:caseId/second-try', caseIdParam, body(SecondTry), async (c) => {
      const { record, permit } = await onAlarm(c, 'move_alarm', c.req.valid('param').caseId);
      const elder = await ports.people.readMember(record.elderId);
      if (elder === undefined) throw new Refused({ code: 'unknown_member' });
      const moved = await trySecondVisit(ports, permit, { record, elder }, c.req.valid('json'));
      return present(c, AlarmReceipt, moved, 201);
    })
    .post('/alarms/:caseId/check', caseIdParam, body(CheckAlarm), async (c) => {
      const { record, permit } = await onAlarm(c, 'move_alarm', c.req.valid('param').caseId);
      return present(c, AlarmReceipt, await checkAlarm(ports, permit, record, c.req.valid('json')), 201);
    })
    .post('/alarms/:caseId/close', caseIdParam, body(CloseAlarm), async (c) => {
      const { record, permit } = await onAlarm(c, 'move_alarm', c.req.valid('param').caseId);
      return present(c, AlarmReceipt, await closeAlarm(ports, permit, record, c.req.valid('json')), 201);
    })
    .post('/back-entries', body(EnterVisit), async (c) => {
      const entry = c.req.valid('json');
      const { elder, permit } = await onElder(c, 'enter_visit', entry.elderId);
      return present(c, EntryReceipt, await enterVisit(ports, permit, elder, entry), 201);
    })
    .get('/back-entries', query(AlarmQuery), async (c) => {
      const { community, cursor } = c.req.valid('query');
      const { communityCode, permit } = await communityAsked(deps, c, 'list_entries', community);
      return present(c, EntryCaseList, await listEntries(ports, permit, communityCode, cursor), 200);
    })
    .post('/back-entries/:caseId/decide', caseIdParam, body(DecideEntry), async (c) => {
      const { caseId } = c.req.valid('param');
      const record = await ports.caseBook.readNow('back_entry', caseId);
      const subject =
        record === undefined
          ? {}
          : {
              communityCode: record.communityCode,
              memberId: record.elderId,
              concerns: [record.elderId, record.volunteerId],
            };
      const permit = permitted(c, 'decide_entry', subject, caseId);
      if (record === undefined) throw new Refused({ code: 'unknown_case' });
      const elder = await ports.people.readMember(record.elderId);
      if (elder === undefined) throw new Refused({ code: 'unknown_member' });
      const decided = await decideEntry(ports, permit, { record, elder }, c.req.valid('json'));
      return present(c, EntryReceipt, decided, 201);
    })
    .post('/elder-events', body(NoteEvent), async (c) => {
      const event = c.req.valid('json');
      const { elder, permit } = await onElder(c, 'note_event', event.elderId);
      return present(c, NotedReceipt, await noteEvent(ports, permit, elder, event), 201);
    })
    .post('/weather-alerts', body(DeclareWeather), async (c) => {
      const alert = c.req.valid('json');
      const region = await ports.regions.read(alert.region);
      const permit = permitted(c, 'declare_weather', region === undefined ? {} : { region: alert.region });
      return present(c, NotedReceipt, await declareWeather(ports, permit, alert), 201);
    });
};
