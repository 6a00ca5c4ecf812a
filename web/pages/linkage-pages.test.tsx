// @vitest-environment happy-dom
import { Me } from '@time-bank/contracts/member';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { LocationProvider, Route, Router } from 'preact-iso/router';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { HomeActions } from '../components/home-actions.tsx';
import { loadCatalogue } from '../language.tsx';
import DeskLinkage from './desk-linkage.tsx';
import DeskLinkages from './desk-linkages.tsx';

interface Asked {
  path: string;
  body: Record<string, unknown> | undefined;
}

const community = '341302001003';
const caseId = 'cmd_01M7ZDC000SWJ8AHVJE4SZ3R8J';
const resourceId = 'cmd_01M7ZDC000SWJ8AHVJE4SZ3R8K';
const at = '2026-11-21T02:00:00.000Z';
const person = { memberId: 'mem_01M7ZDC000SWJ8AHVJE4SZ3R8J', surname: '赵', gender: 'female' };
const words = { 'zh-Hans': '陪聊', 'zh-Hant': '陪聊', en: 'Company' };
const service = {
  code: 'C01',
  words,
  risk: 1,
  madeBy: 'volunteer',
  persons: 1,
  defaultMinutes: 60,
  minMinutes: 30,
  maxMinutes: 120,
  fromMinute: 0,
  toMinute: 1440,
  levels: [0, 4],
  ratePercent: 100,
  isRemote: false,
  withHours: true,
  byCommunity: true,
  needsLicence: false,
  proofs: [],
};
const card = (state: string, change: object = {}) => ({
  caseId,
  state,
  elder: person,
  communityCode: community,
  source: 'elder',
  need: '买菜困难',
  tasks: [
    { society: 'social_worker', what: '上门评估', isDone: state !== 'opened' },
    { society: 'charity', what: '送米面', isDone: false },
  ],
  resources: [],
  steps: [{ step: 'reported', at, society: 'community', by: person }],
  ...change,
});
const rice = {
  resourceId,
  region: community,
  kind: 'goods',
  name: '大米',
  donor: '和平里饭店',
  quantity: 20,
  leftQuantity: 8,
  unit: '袋',
  from: '2026-11-01',
  until: '2026-12-31',
};

const bodyOf = ({ body }: RequestInit): Record<string, unknown> =>
  JSON.parse(typeof body === 'string' ? body : '') as Record<string, unknown>;

/** Stands in for the service, for somebody of these roles and one card; remembers what was sent. */
const standIn = (roles: readonly string[], shown: object): Asked[] => {
  const asked: Asked[] = [];
  const answers: Record<string, unknown> = {
    '/api/me': { member: { ...person, roles: roles.map((role) => ({ role, region: community })) } },
    '/api/communities': { items: [{ code: community, name: '汴河社区' }] },
    [`/api/services?communityCode=${community}`]: { communityCode: community, items: [service] },
    [`/api/resources?region=${community}`]: { items: [rice] },
    [`/api/linkages?community=${community}`]: { items: [shown] },
    [`/api/linkages/${caseId}`]: shown,
    [`/api/elders?community=${community}`]: { items: [{ ...person, name: '赵桂兰', address: '汴河路' }] },
  };
  vi.stubGlobal('fetch', (path: string, init: RequestInit = {}) => {
    if (init.method === 'POST') {
      const body = bodyOf(init);
      asked.push({ path, body });
      return Promise.resolve(new Response(JSON.stringify({ caseId, state: 'opened', at }), { status: 201 }));
    }
    asked.push({ path, body: undefined });
    const answer = answers[path];
    if (answer === undefined) return Promise.reject(new Error(`no network: ${path}`));
    return Promise.resolve(new Response(JSON.stringify(answer)));
  });
  return asked;
};

const sent = (asked: readonly Asked[]) => asked.filter(({ body }) => body !== undefined);

const open = (path: string) => {
  history.replaceState(null, '', path);
  render(
    <LocationProvider>
      <Router>
        <Route path="/desk/linkages" component={DeskLinkages} />
        <Route path="/desk/linkages/:caseId" component={DeskLinkage} />
      </Router>
    </LocationProvider>,
  );
};

const write = (label: string | RegExp, value: string) => {
  fireEvent.input(screen.getByLabelText(label), { target: { value } });
};
const press = (name: string) => {
  fireEvent.click(screen.getByRole('button', { name }));
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

it('the list says of each card what is needed and who has still to do something', async () => {
  standIn(['coordinator'], card('opened'));
  open('/desk/linkages');
  expect(await screen.findByText('社工、公益慈善')).toBeTruthy();
  expect(screen.getByText('买菜困难')).toBeTruthy();
  expect(screen.getByText('等社工评估')).toBeTruthy();
  const link = await screen.findByRole('link', { name: '打开工单 赵桂兰' });
  expect(link.getAttribute('href')).toBe(`/desk/linkages/${caseId}`);
});

it('a donor sees the cards without the list of elders, which is not for them', async () => {
  const asked = standIn(['donor'], card('opened'));
  open('/desk/linkages');
  expect(await screen.findByRole('link', { name: '打开工单 赵阿姨' })).toBeTruthy();
  expect(asked.map(({ path }) => path).filter((path) => path.startsWith('/api/elders'))).toEqual([]);
  expect(screen.queryByText('报告一个需要')).toBeNull();
  expect(screen.getByRole('link', { name: '返回' }).getAttribute('href')).toBe('/');
});

it('a social worker writes what was found; nothing is sent while it is empty', async () => {
  const asked = standIn(['social_worker'], card('opened'));
  open(`/desk/linkages/${caseId}`);
  expect(await screen.findByText('下一步：社工上门评估。')).toBeTruthy();
  await screen.findByLabelText('服务');
  press('交评估结果');
  expect((await screen.findAllByText('请写上看到什么、怎样帮最好。')).length).toBeGreaterThan(0);
  expect(sent(asked)).toEqual([]);
  write('看到什么，怎样帮最好', '可以自理，行走不稳');
  write('多少分钟', '90');
  press('交评估结果');
  expect(await screen.findByText(/评估结果已经记下。/)).toBeTruthy();
  const [command] = sent(asked);
  expect(command?.path).toBe(`/api/linkages/${caseId}/assessment`);
  expect(command?.body).toMatchObject({
    finding: '可以自理，行走不稳',
    serviceCode: 'C01',
    plannedMinutes: 90,
  });
});

it('an organisation asks for the visit, and sent again after a lost answer it is the same visit', async () => {
  const asked = standIn(['organisation'], card('assessed', { serviceCode: 'C01', plannedMinutes: 60 }));
  open(`/desk/linkages/${caseId}`);
  expect(await screen.findByText('陪聊 · 1小时')).toBeTruthy();
  press('发布这次探访');
  expect((await screen.findAllByText('请选哪一天。')).length).toBeGreaterThan(0);
  write('哪一天', '2026-12-01');
  write('几点', '09:30');
  const answering = globalThis.fetch;
  const lost: unknown[] = [];
  vi.stubGlobal('fetch', (path: string, init: RequestInit = {}) => {
    if (init.method !== 'POST') return answering(path, init);
    lost.push(bodyOf(init));
    return Promise.reject(new Error('lost'));
  });
  press('发布这次探访');
  await waitFor(() => {
    expect(screen.getByRole('button', { name: '再试一次' })).toBeTruthy();
  });
  vi.stubGlobal('fetch', answering);
  press('再试一次');
  expect(await screen.findByText(/探访已经发布，志愿者会看到。/)).toBeTruthy();
  const [command] = sent(asked);
  expect(command?.path).toBe(`/api/linkages/${caseId}/dispatch`);
  expect(command?.body).toMatchObject({ plannedStartAt: '2026-12-01T01:30:00.000Z' });
  expect(lost).toEqual([command?.body]);
});

it('a donor gives of what is left, and no more', async () => {
  const asked = standIn(['donor'], card('opened'));
  open(`/desk/linkages/${caseId}`);
  expect(await screen.findByText('大米（和平里饭店），还有8袋，12月31日到期')).toBeTruthy();
  expect(screen.queryByRole('button', { name: '办结这张工单' })).toBeNull();
  write('给多少', '9');
  press('记下这份物资');
  expect((await screen.findAllByText('请填要给多少，是整数，不能多过剩下的。')).length).toBeGreaterThan(0);
  expect(sent(asked)).toEqual([]);
  write('给多少', '8');
  press('记下这份物资');
  expect(await screen.findByText(/这份物资已经记下。/)).toBeTruthy();
  expect(sent(asked)[0]?.body).toMatchObject({ resourceId, quantity: 8 });
});

it('a card that has ended shows what came of it, and nothing more to do', async () => {
  standIn(['coordinator'], card('closed', { outcome: '女儿接走了' }));
  open(`/desk/linkages/${caseId}`);
  expect(await screen.findByText('女儿接走了')).toBeTruthy();
  expect(screen.getByText('这张工单已经办结，不用再办。')).toBeTruthy();
  expect(screen.queryAllByRole('button')).toEqual([]);
});

it.each([
  ['coordinator', '/desk'],
  ['counter', '/desk/people'],
  ['social_worker', '/desk/linkages'],
  ['organisation', '/desk/linkages'],
  ['provider', '/desk/linkages'],
  ['donor', '/desk/linkages'],
] as const)('from the first page a %s goes to %s', (role, path) => {
  standIn([role], card('opened'));
  const me = Me.parse({
    member: {
      memberId: person.memberId,
      name: '赵桂兰',
      birthDate: '1985-05-01',
      gender: 'female',
      communityCode: community,
      address: '汴河路12号',
      languages: [],
      roles: [{ role, region: community }],
      skills: [],
      freeTimes: [],
    },
    communityName: '汴河社区',
    mayRedeem: false,
  });
  render(
    <LocationProvider>
      <HomeActions me={me} />
    </LocationProvider>,
  );
  expect(screen.getByRole('link', { name: '工作台' }).getAttribute('href')).toBe(path);
});
