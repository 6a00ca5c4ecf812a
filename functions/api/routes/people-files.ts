import {
  AssessElder,
  ChangeElderFile,
  ChangePerson,
  ElderFileView,
  PersonView,
} from '@time-bank/contracts/people';
import { PersonReceipt } from '@time-bank/contracts/role';
import { changePerson, livedAt, readPerson } from '@time-bank/desk/change-person';
import { assessElder, changeElderFile, readElderFile } from '@time-bank/desk/elder-file';
import { Hono } from 'hono';
import { type Env, signedIn } from '../actor.ts';
import { present } from '../answers.ts';
import type { Deps } from '../deps.ts';
import { memberAsked, memberIdParam } from '../member-asked.ts';
import { body } from '../validate.ts';

export const peopleFileRoutes = (deps: Deps) => {
  const { ports } = deps;
  return new Hono<Env>()
    .use('/members/:memberId/particulars', signedIn(deps))
    .use('/members/:memberId/file', signedIn(deps))
    .use('/members/:memberId/assessments', signedIn(deps))
    .get('/members/:memberId/particulars', memberIdParam, async (c) => {
      const { memberId } = c.req.valid('param');
      const { member, permit } = await memberAsked(deps, c, 'read_particulars', memberId);
      return present(c, PersonView, readPerson(permit, member), 200);
    })
    .post('/members/:memberId/particulars', memberIdParam, body(ChangePerson), async (c) => {
      const change = c.req.valid('json');
      const { memberId } = c.req.valid('param');
      const { fileId } = change;
      const { member, permit } = await memberAsked(
        deps,
        c,
        'change_particulars',
        memberId,
        fileId,
        (person) => livedAt(ports, person, fileId),
      );
      return present(c, PersonReceipt, await changePerson(ports, permit, member, change), 201);
    })
    .get('/members/:memberId/file', memberIdParam, async (c) => {
      const { memberId } = c.req.valid('param');
      const { member, permit } = await memberAsked(deps, c, 'read_elder_file', memberId);
      return present(c, ElderFileView, readElderFile(ports, permit, member), 200);
    })
    .post('/members/:memberId/file', memberIdParam, body(ChangeElderFile), async (c) => {
      const change = c.req.valid('json');
      const { memberId } = c.req.valid('param');
      const { member, permit } = await memberAsked(deps, c, 'change_elder_file', memberId, change.fileId);
      return present(c, PersonReceipt, await changeElderFile(ports, permit, member, change), 201);
    })
    .post('/members/:memberId/assessments', memberIdParam, body(AssessElder), async (c) => {
      const assessed = c.req.valid('json');
      const { memberId } = c.req.valid('param');
      const { member, permit } = await memberAsked(deps, c, 'change_elder_file', memberId, assessed.fileId);
      return present(c, PersonReceipt, await assessElder(ports, permit, member, assessed), 201);
    });
};
