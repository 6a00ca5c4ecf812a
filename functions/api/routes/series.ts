import { CommandId } from '@time-bank/contracts/ids';
import {
  ChangeSeries,
  OpenSeries,
  PreviewSeries,
  SeriesList,
  SeriesPreview,
  SeriesQuery,
  SeriesReceipt,
  SeriesView,
} from '@time-bank/contracts/series';
import { changeSeries } from '@time-bank/desk/change-series';
import { openSeries, previewSeries } from '@time-bank/desk/open-series';
import { listSeries, readSeries } from '@time-bank/desk/read-series';
import { type Context, Hono } from 'hono';
import { permittedFor, subjectOfElder } from '../acting.ts';
import { type Env, signedIn } from '../actor.ts';
import { present } from '../answers.ts';
import type { Deps } from '../deps.ts';
import { pathParam } from '../path-param.ts';
import { permitted } from '../permit.ts';
import { Refused } from '../refused.ts';
import { body, query } from '../validate.ts';

const caseIdParam = pathParam('caseId', CommandId, 'unknown_case', (caseId) => ({ caseId }));

export const seriesRoutes = (deps: Deps) => {
  const { ports } = deps;
  /** A series and the leave to do something with it. Without leave the answer is the same whether there is one. */
  const onSeries = async <A extends 'read_series' | 'change_series'>(
    c: Context<Env>,
    action: A,
    caseId: CommandId,
  ) => {
    const series = await ports.caseBook.readNow('series', caseId);
    const subject =
      series === undefined ? {} : { communityCode: series.communityCode, memberId: series.elderId };
    const permit = await permittedFor(c, ports, action, { subject, thing: caseId });
    if (series === undefined) throw new Refused({ code: 'unknown_case' });
    return { series, permit };
  };
  return new Hono<Env>()
    .use('/series', signedIn(deps))
    .use('/series/*', signedIn(deps))
    .post('/series', body(OpenSeries), async (c) => {
      const wanted = c.req.valid('json');
      const elder = await ports.people.readMember(wanted.receiverId);
      const permit = await permittedFor(c, ports, 'open_series', {
        subject: subjectOfElder(elder),
        thing: wanted.caseId,
      });
      if (elder === undefined) throw new Refused({ code: 'unknown_member' });
      return present(c, SeriesReceipt, await openSeries(ports, permit, elder, wanted), 201);
    })
    .post('/series/preview', body(PreviewSeries), async (c) => {
      const permit = permitted(c, 'preview_series');
      return present(c, SeriesPreview, await previewSeries(ports, permit, c.req.valid('json')), 200);
    })
    .get('/series', query(SeriesQuery), async (c) => {
      const { community, cursor } = c.req.valid('query');
      const permit = permitted(c, 'list_series', { communityCode: community });
      return present(c, SeriesList, await listSeries(ports, permit, community, cursor), 200);
    })
    .get('/series/:caseId', caseIdParam, async (c) => {
      const { series, permit } = await onSeries(c, 'read_series', c.req.valid('param').caseId);
      return present(c, SeriesView, await readSeries(ports, permit, series), 200);
    })
    .post('/series/:caseId/changes', caseIdParam, body(ChangeSeries), async (c) => {
      const { series, permit } = await onSeries(c, 'change_series', c.req.valid('param').caseId);
      return present(c, SeriesReceipt, await changeSeries(ports, permit, series, c.req.valid('json')), 201);
    });
};
