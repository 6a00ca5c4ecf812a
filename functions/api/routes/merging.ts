import { FileId } from '@time-bank/contracts/ids';
import {
  DuplicateList,
  DuplicateQuery,
  MergePeople,
  MergeReceipt,
  UndoMerge,
} from '@time-bank/contracts/merging';
import { listDuplicates } from '@time-bank/desk/likely-duplicates';
import { mergePeople } from '@time-bank/desk/merge-people';
import { findMerge, undoMerge } from '@time-bank/desk/undo-merge';
import { Hono } from 'hono';
import { type Env, signedIn } from '../actor.ts';
import { present } from '../answers.ts';
import type { Deps } from '../deps.ts';
import { memberAsked } from '../member-asked.ts';
import { pathParam } from '../path-param.ts';
import { permitted } from '../permit.ts';
import { Refused } from '../refused.ts';
import { body, query } from '../validate.ts';

const mergeIdParam = pathParam('mergeId', FileId, 'unknown_file', (mergeId) => ({ mergeId }));

export const mergingRoutes = (deps: Deps) => {
  const { ports } = deps;
  return new Hono<Env>()
    .use('/members/duplicates', signedIn(deps))
    .use('/members/merges', signedIn(deps))
    .use('/members/merges/*', signedIn(deps))
    .get('/members/duplicates', query(DuplicateQuery), async (c) => {
      const asked = c.req.valid('query');
      const permit = permitted(c, 'merge_people', { region: asked.community });
      return present(c, DuplicateList, await listDuplicates(ports, permit, asked), 200);
    })
    .post('/members/merges', body(MergePeople), async (c) => {
      const order = c.req.valid('json');
      const { mergeId } = order;
      const { member: keep } = await memberAsked(deps, c, 'merge_people', order.keepId, mergeId);
      const { member: drop, permit } = await memberAsked(deps, c, 'merge_people', order.dropId, mergeId);
      return present(c, MergeReceipt, await mergePeople(ports, permit, { keep, drop }, order), 201);
    })
    .post('/members/merges/:mergeId/undo', mergeIdParam, body(UndoMerge), async (c) => {
      const order = c.req.valid('json');
      const { mergeId } = c.req.valid('param');
      const { member: keep } = await memberAsked(deps, c, 'merge_people', order.keepId, mergeId);
      const found = await findMerge(ports, order.keepId, mergeId);
      if (found.kind === 'refused') throw new Refused(found.refusal);
      const leaf = found.value;
      const { member: drop, permit } = await memberAsked(deps, c, 'merge_people', leaf.otherId, mergeId);
      return present(c, MergeReceipt, await undoMerge(ports, permit, { leaf, keep, drop }, order), 201);
    });
};
