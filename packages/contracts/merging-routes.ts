/** The routes by which staff find and merge people who were entered twice. */
import { DuplicateList, DuplicateQuery, MergePeople, MergeReceipt, UndoMerge } from './merging.ts';
import type { Route } from './routes.ts';

const ids = ['exists_with_different_content', 'id_too_old', 'id_from_the_future'] as const;
const command = { method: 'post', signedIn: true, status: 201, tag: 'people' } as const;

/** All of them. */
export const mergingRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/api/members/duplicates',
    operationId: 'listDuplicates',
    tag: 'people',
    signedIn: true,
    status: 200,
    summary: 'People of a community who look as if they were entered twice.',
    query: DuplicateQuery,
    answer: DuplicateList,
    refusals: ['not_allowed', 'unknown_member'],
  },
  {
    ...command,
    path: '/api/members/merges',
    operationId: 'mergePeople',
    summary: 'Staff merge a person who was entered twice; can be taken back for 30 days.',
    body: MergePeople,
    answer: MergeReceipt,
    refusals: ['not_allowed', 'unknown_member', ...ids, 'changed_meanwhile', 'merge_not_possible'],
  },
  {
    ...command,
    path: '/api/members/merges/{mergeId}/undo',
    operationId: 'undoMerge',
    summary: 'Takes a merge back within 30 days: both are again as they were.',
    body: UndoMerge,
    answer: MergeReceipt,
    refusals: ['not_allowed', 'unknown_member', 'unknown_file', ...ids, 'changed_meanwhile', 'undo_too_late'],
  },
];
