/** The routes of help that comes again and again. */
import type { Route } from './routes.ts';
import {
  ChangeSeries,
  OpenSeries,
  PreviewSeries,
  SeriesList,
  SeriesPreview,
  SeriesQuery,
  SeriesReceipt,
  SeriesView,
} from './series.ts';

const command = { method: 'post', signedIn: true, status: 201, tag: 'series' } as const;
const read = { method: 'get', signedIn: true, status: 200, tag: 'series' } as const;
const ids = ['exists_with_different_content', 'id_too_old', 'id_from_the_future'] as const;

/** All of them. */
export const seriesRoutes: readonly Route[] = [
  {
    ...command,
    path: '/api/series',
    operationId: 'openSeries',
    summary: 'Help for an elder that comes again and again.',
    body: OpenSeries,
    answer: SeriesReceipt,
    refusals: [
      'not_allowed',
      'unknown_member',
      ...ids,
      'starts_in_past',
      'not_receiving_care',
      'service_not_offered',
      'service_not_suited',
      'outside_service_hours',
      'minutes_out_of_bounds',
      'too_young_to_redeem',
      'rule_never_fires',
      'busy_try_again',
    ],
  },
  {
    ...command,
    path: '/api/series/preview',
    operationId: 'previewSeries',
    status: 200,
    summary: 'The first dates of a rule, and the rule in words; nothing is written.',
    body: PreviewSeries,
    answer: SeriesPreview,
    refusals: ['rule_never_fires'],
  },
  {
    ...read,
    path: '/api/series',
    operationId: 'listSeries',
    summary: 'The series of a community that go on.',
    query: SeriesQuery,
    answer: SeriesList,
    refusals: ['not_allowed', 'unknown_region'],
  },
  {
    ...read,
    path: '/api/series/{caseId}',
    operationId: 'readSeries',
    summary: 'One series, with its dates of the coming weeks.',
    answer: SeriesView,
    refusals: ['not_allowed', 'unknown_case'],
  },
  {
    ...command,
    path: '/api/series/{caseId}/changes',
    operationId: 'changeSeries',
    summary: 'One date is moved or left out, the series rests, or it ends.',
    body: ChangeSeries,
    answer: SeriesReceipt,
    refusals: [
      'not_allowed',
      'unknown_case',
      ...ids,
      'case_closed',
      'starts_in_past',
      'starts_too_late',
      'date_not_in_series',
      'busy_try_again',
    ],
  },
];
