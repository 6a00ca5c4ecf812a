// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { isoWeekOf } from '@time-bank/contracts/time';
import { LocationProvider, Route, Router } from 'preact-iso/router';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { now } from '../china-time.ts';
import { loadCatalogue } from '../language.tsx';
import DeskPlan from './desk-plan.tsx';

const community = '341302001003';
const caseId = 'cmd_01M7ZDC000SWJ8AHVJE4SZ3R8J';
const week = () => isoWeekOf(now());
const words = (said: string) => ({ 'zh-Hans': said, 'zh-Hant': said, en: said });

const pair = (elderName: string, sent: string) => ({
  visitKey: `${elderName}.1`,
  elderId: `elder of ${elderName}`,
  elderName,
  volunteerId: 'volunteer',
  volunteerName: '李试',
  serviceCode: 'B01',
  serviceWords: words('探访'),
  plannedStartAt: '2026-11-23T01:00:00.000Z',
  plannedMinutes: 45,
  isLocked: false,
  sent,
  reasons: [],
});
const plan = (change: Record<string, unknown>) => ({
  caseId,
  communityCode: community,
  week: week(),
  state: 'planning',
  progress: { done: 0, all: 0 },
  askedAt: '2026-11-21T02:00:00.000Z',
  pairs: [],
  uncovered: [],
  locked: [],
  forbidden: [],
  ...change,
});

/** Stands in for the service; gives what was sent to it. */
const service = (shown: object) => {
  const sent: { path: string; body: unknown }[] = [];
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    if (typeof init.body === 'string') sent.push({ path, body: JSON.parse(init.body) });
    const body = path.startsWith('/api/communities')
      ? { items: [{ code: community, name: '东仙桥社区居委会' }] }
      : shown;
    return Promise.resolve(new Response(JSON.stringify(body), { status: 200 }));
  });
  return sent;
};
const open = (): void => {
  history.replaceState(null, '', '/desk/plan');
  render(
    <LocationProvider>
      <Router>
        <Route path="/desk/plan" component={DeskPlan} />
        <Route default component={() => <p>elsewhere</p>} />
      </Router>
    </LocationProvider>,
  );
};

beforeAll(async () => {
  await loadCatalogue('zh-Hans');
});
beforeEach(() => {
  localStorage.clear();
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it.each([
  ['planning', { phase: 'arranging', done: 120, all: 300 }, '已安排 120 / 300'],
  ['planning', { phase: 'improving', done: 2, all: 8 }, '正在调整，尽量多排上几次'],
  ['sending', { done: 40, all: 290 }, '已发出 40 / 290'],
])('says while a plan is %s how far that is: %o', async (state, progress, said) => {
  service(plan({ state, progress }));
  open();
  const bar = await screen.findByRole('progressbar', { name: said });
  expect([bar.getAttribute('value'), bar.getAttribute('max')]).toEqual([
    String(progress.done),
    String(progress.all),
  ]);
  expect(screen.getByText(said)).toBeTruthy();
});

it('shows what did not go out, and plans just that again at one press', async () => {
  const pairs = [pair('王一', 'sent'), pair('王二', 'not_possible'), pair('王三', 'taken_otherwise')];
  const figures = { wanted: 3, covered: 3, bound: 3, continuity: 0, wishesMet: 1, travelKm: 2, loadGini: 0 };
  const sent = service(plan({ state: 'sent', progress: { done: 3, all: 3 }, pairs, figures }));
  open();
  const heading = await screen.findByRole('heading', { name: /2次没有发出去/ });
  const list = heading.parentElement?.querySelector('ul')?.textContent ?? '';
  expect([list.includes('王一'), list.includes('王二'), list.includes('王三')]).toEqual([false, true, true]);
  fireEvent.click(screen.getByRole('button', { name: '把这些再排一次' }));
  await waitFor(() => {
    expect(sent).toMatchObject([
      {
        path: '/api/week-plans',
        body: { communityCode: community, week: week(), locked: [], forbidden: [] },
      },
    ]);
  });
});

it('says nothing of visits that fell out where all have gone out', async () => {
  service(plan({ state: 'sent', progress: { done: 1, all: 1 }, pairs: [pair('王一', 'sent')] }));
  open();
  await screen.findByText('已经发出');
  expect(screen.queryByRole('button', { name: '把这些再排一次' })).toBeNull();
});
