// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { LocationProvider, Route, Router } from 'preact-iso/router';
import type { FunctionComponent } from 'preact';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { loadCatalogue } from '../language.tsx';
import Complain from './complain.tsx';
import ConfirmLink from './confirm-link.tsx';
import DeskCallbacks from './desk-callbacks.tsx';
import DeskConfirm from './desk-confirm.tsx';
import DeskDispute from './desk-dispute.tsx';
import DeskDisputes from './desk-disputes.tsx';
import DeskEmergency from './desk-emergency.tsx';
import DeskReviewItems from './desk-review-items.tsx';
import Rate from './rate.tsx';

type Answers = Record<string, { status?: number; body: unknown } | undefined>;

/** Stands in for the service; answers by method and path, and remembers what was asked. */
const service = (answers: Answers) => {
  const asked: { path: string; body: unknown }[] = [];
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    const answer = answers[`${init.method ?? 'GET'} ${path}`];
    asked.push({ path, body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined });
    if (answer === undefined) return Promise.reject(new Error(`no network: ${path}`));
    return Promise.resolve(new Response(JSON.stringify(answer.body), { status: answer.status ?? 200 }));
  });
  return asked;
};

const open = (path: string, route: string, page: FunctionComponent) => {
  history.replaceState(null, '', path);
  render(
    <LocationProvider>
      <Router>
        <Route path={route} component={page} />
        <Route default component={() => <p>elsewhere</p>} />
      </Router>
    </LocationProvider>,
  );
};

const requestId = 'req_01M7ZDC000SWJ8AHVJE4SZ3R8J';
const community = '341302001003';
const words = { 'zh-Hans': '陪聊', 'zh-Hant': '陪聊', en: 'Company' };
const visit = (state: string, mine = 'receiver') => ({
  requestId,
  serviceCode: 'C01',
  serviceWords: words,
  state,
  communityCode: community,
  communityName: '汴河社区',
  plannedStartAt: '2026-11-21T02:00:00.000Z',
  plannedMinutes: 60,
  wishes: { languages: [] },
  receiver: { memberId: 'mem_01M7ZDC000SWJ8AHVJE4SZ3R8J', surname: '赵', gender: 'female', name: '赵桂兰' },
  receiverPhone: '+8610000000003',
  paidWithHours: false,
  mine,
  steps: [],
});
const dispute = {
  caseId: 'cmd_01M7ZDC000SWJ8AHVJE4SZ3R8J',
  requestId,
  communityCode: community,
  state: 'open',
  level: 1,
  kind: 'wrong_time',
  by: 'receiver',
  words: '只坐了十分钟',
  openedAt: '2026-11-21T02:00:00.000Z',
  dueBy: '2026-11-27T15:59:59.999Z',
  isOverdue: false,
  disputedMinutes: 60,
  frozenMinutes: 30,
  decisions: [],
};
const communities = { 'GET /api/communities': { body: { items: [{ code: community, name: '汴河社区' }] } } };
const row = {
  request: visit('pending_confirm', 'coordinator'),
  since: '2026-11-21T03:00:00.000Z',
  told: 2,
  isForgotten: true,
  reasons: ['too_long'],
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

it('the elder chooses one of five faces with words; without one nothing is sent', async () => {
  const asked = service({
    [`GET /api/requests/${requestId}`]: { body: visit('settled') },
    [`POST /api/requests/${requestId}/ratings`]: {
      status: 201,
      body: { requestId, state: 'rated', at: row.since },
    },
  });
  open(`/received/${requestId}/rate`, '/received/:requestId/rate', Rate);
  fireEvent.click(await screen.findByRole('button', { name: '提交评价' }));
  expect((await screen.findAllByText('请选一个。')).length).toBeGreaterThan(0);
  expect(asked.filter(({ path }) => path.endsWith('/ratings'))).toEqual([]);
  expect(screen.getAllByRole('radio')).toHaveLength(5);
  fireEvent.click(screen.getByRole('radio', { name: '不满意' }));
  fireEvent.click(screen.getByRole('button', { name: '提交评价' }));
  expect(await screen.findByText(/社区会在一天内联系您/)).toBeTruthy();
  expect(asked.at(-1)?.body).toMatchObject({ level: 2 });
});

it('a link shows what it is about, and one button says yes; a used one says so in plain words', async () => {
  const token = 'x'.repeat(110);
  service({
    'POST /api/confirm-links/look': {
      body: {
        serviceWords: words,
        plannedStartAt: '2026-11-21T02:00:00.000Z',
        servedMinutes: 60,
        receiver: { surname: '赵', gender: 'female' },
        volunteer: { surname: '钱', gender: 'male' },
        communityName: '汴河社区',
        expiresAt: '2026-11-24T02:00:00.000Z',
      },
    },
    'POST /api/confirm-links/confirm': { body: { state: 'settled', at: row.since } },
  });
  open(`/c#${token}`, '/c', ConfirmLink);
  fireEvent.click(await screen.findByRole('button', { name: '是的，来过' }));
  expect(await screen.findByText(/谢谢，已经确认/)).toBeTruthy();
  cleanup();
  service({
    'POST /api/confirm-links/look': {
      status: 422,
      body: { error: { code: 'link_not_accepted', message: '' } },
    },
  });
  open(`/c#${token}`, '/c', ConfirmLink);
  expect(await screen.findByText(/这个链接已经用过/)).toBeTruthy();
});

it('somebody complains with words; the other side answers', async () => {
  const asked = service({
    [`GET /api/requests/${requestId}`]: { body: visit('settled') },
    [`POST /api/requests/${requestId}/disputes`]: {
      status: 201,
      body: { requestId, state: 'disputed', at: row.since },
    },
  });
  open(`/received/${requestId}/complain`, '/received/:requestId/complain', Complain);
  fireEvent.input(await screen.findByLabelText('请说说经过'), { target: { value: '只坐了十分钟' } });
  fireEvent.click(screen.getByLabelText('时间不对'));
  fireEvent.click(screen.getByRole('button', { name: '提交投诉' }));
  await waitFor(() => {
    expect(asked.find(({ path }) => path.endsWith('/disputes'))?.body).toMatchObject({
      kind: 'wrong_time',
      words: '只坐了十分钟',
    });
  });
  cleanup();
  service({
    [`GET /api/requests/${requestId}`]: { body: visit('disputed', 'volunteer') },
    [`GET /api/requests/${requestId}/dispute`]: { body: dispute },
  });
  open(`/visits/${requestId}/complain`, '/visits/:requestId/complain', Complain);
  expect(await screen.findByRole('button', { name: '提交说法' })).toBeTruthy();
  expect(screen.getByText('只坐了十分钟')).toBeTruthy();
});

it('the desk sees what waits, what was forgotten, and confirms by the digits read aloud', async () => {
  const asked = service({
    ...communities,
    [`GET /api/confirmations?community=${community}&kind=waiting`]: { body: { items: [row] } },
    [`POST /api/requests/${requestId}/confirm-by-card`]: {
      body: { requestId, state: 'settled', at: row.since },
    },
  });
  open('/desk/confirm', '/desk/confirm', DeskConfirm);
  expect(await screen.findByText(/两天没有人确认/)).toBeTruthy();
  fireEvent.input(screen.getByLabelText('老人念出的六位数字'), { target: { value: '482915' } });
  fireEvent.click(screen.getByRole('button', { name: '确认来过' }));
  expect(await screen.findByText(/已经确认，时间已记入/)).toBeTruthy();
  expect(asked.find(({ path }) => path.endsWith('/confirm-by-card'))?.body).toMatchObject({
    shown: { code: '482915' },
  });
});

it('the hotline sees why to call and whom, and writes down what it heard', async () => {
  const asked = service({
    ...communities,
    [`GET /api/confirmations?community=${community}&kind=call_back`]: {
      body: { items: [{ ...row, request: visit('callback', 'coordinator') }] },
    },
    [`POST /api/requests/${requestId}/call-back`]: { body: { requestId, state: 'callback', at: row.since } },
  });
  open('/desk/callbacks', '/desk/callbacks', DeskCallbacks);
  expect(await screen.findByText('比约定长很多')).toBeTruthy();
  fireEvent.click(screen.getByLabelText('没人接'));
  fireEvent.click(screen.getByRole('button', { name: '记下来' }));
  expect(await screen.findByText(/已经记下/)).toBeTruthy();
  expect(asked.find(({ path }) => path.endsWith('/call-back'))?.body).toMatchObject({ outcome: 'no_answer' });
});

it('disputes stand in a list, and one is decided with a reason', async () => {
  service({
    ...communities,
    [`GET /api/disputes?region=${community}`]: { body: { items: [dispute] } },
  });
  open('/desk/disputes', '/desk/disputes', DeskDisputes);
  expect(await screen.findByRole('heading', { name: '时间不对' })).toBeTruthy();
  cleanup();
  const asked = service({
    [`GET /api/requests/${requestId}/dispute`]: { body: dispute },
    [`POST /api/disputes/${dispute.caseId}/decisions`]: {
      status: 201,
      body: { caseId: dispute.caseId, state: 'decided', at: row.since },
    },
  });
  open(`/desk/disputes/${requestId}`, '/desk/disputes/:requestId', DeskDispute);
  expect(await screen.findByText('已冻结30分钟，共1小时')).toBeTruthy();
  fireEvent.input(screen.getByLabelText('理由（两边都会看到）'), { target: { value: '签到记录' } });
  fireEvent.click(screen.getByRole('button', { name: '写下决定' }));
  expect(await screen.findByText(/两边都会收到通知/)).toBeTruthy();
  expect(asked.find(({ path }) => path.endsWith('/decisions'))?.body).toMatchObject({
    outcome: 'stands',
    reason: '签到记录',
  });
});

it('what is worth a look is a question with its figures, beside bad ratings to put right', async () => {
  service({
    ...communities,
    [`GET /api/honesty?region=${community}`]: {
      body: {
        items: [
          {
            caseId: dispute.caseId,
            kind: 'overlapping',
            region: community,
            subjects: [{ memberId: 'mem_01M7ZDC000SWJ8AHVJE4SZ3R8J', surname: '钱', gender: 'male' }],
            requestIds: [requestId],
            figures: { minutes: 20 },
            why: { 'zh-Hans': '同一个人的两次服务有20分钟重叠', 'zh-Hant': '', en: '' },
            from: '2026-11-09',
            until: '2026-11-20',
            openedAt: row.since,
          },
        ],
      },
    },
    [`GET /api/work-orders?community=${community}`]: { body: { items: [] } },
  });
  open('/desk/review-items', '/desk/review-items', DeskReviewItems);
  expect(await screen.findByText('同一个人的两次服务有20分钟重叠')).toBeTruthy();
  expect(screen.getByText('涉及：钱*')).toBeTruthy();
  expect(await screen.findByText('没有要整改的。')).toBeTruthy();
});

it('on the page of calls for help nothing stands before 120, not even the choice of a community', async () => {
  const both = [
    { code: community, name: '汴河社区' },
    { code: '341302001004', name: '西仙桥社区' },
  ];
  service({
    'GET /api/communities': { body: { items: both } },
    [`GET /api/emergencies?community=${community}`]: { body: { items: [] } },
  });
  open('/desk/emergencies', '/desk/emergencies', DeskEmergency);
  const choice = await screen.findByRole('combobox');
  const [ambulance] = screen.getAllByRole('link').filter((link) => link.getAttribute('href') === 'tel:120');
  expect(ambulance?.compareDocumentPosition(choice)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
});
