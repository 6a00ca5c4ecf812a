// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { LocationProvider, Route, Router } from 'preact-iso/router';
import type { FunctionComponent } from 'preact';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadCatalogue } from '../language.tsx';
import DeskWeek from './desk-week.tsx';
import Desk from './desk.tsx';
import Home from './home.tsx';
import ReceivedRequest from './received-request.tsx';
import Redeem from './redeem.tsx';
import SignIn from './sign-in.tsx';

type Answers = Record<string, { status?: number; body: unknown } | undefined>;

/** Stands in for the service; answers by method and path, and remembers what was asked. */
const service = (answers: Answers) => {
  const asked: { path: string; body: unknown; header: string | null }[] = [];
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    const answer = answers[`${init.method ?? 'GET'} ${path}`];
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : undefined;
    asked.push({ path, body, header: new Headers(init.headers).get('X-Time-Bank') });
    if (answer === undefined) return Promise.reject(new Error('no network'));
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

const member = (role: string, visitCode?: string) => ({
  member: { name: '赵桂兰', address: '汴河路12号', roles: [{ role, region: '34' }], visitCode },
  communityName: '汴河社区',
  mayRedeem: role === 'resident',
});
const balance = {
  accountId: 'acc_01KPMA9Q3D7XW4VN2E6YSGT8HB',
  state: 'open',
  availableMinutes: 210,
  heldMinutes: 60,
  earnedMinutes: 180,
  grantedMinutes: 30,
  nextLapseAt: '2026-11-30T16:00:00.000Z',
  honourMinutes: 0,
  debtMinutes: 0,
  asOf: '2026-11-21T02:32:00.000Z',
};

// The parts that pages fetch for themselves are loaded here: one still on its way when the last test ends
// would find the browser gone.
beforeAll(async () => {
  await loadCatalogue('zh-Hans');
  await Promise.all([
    import('../components/acted-steps.tsx'),
    import('../components/after-links.tsx'),
    import('../components/desk-links.tsx'),
    import('../components/helped-next-part.tsx'),
    import('../components/home-actions.tsx'),
    import('../components/person-part.tsx'),
    import('../components/presence-part.tsx'),
    import('../components/asked-part.tsx'),
    import('../components/statement.tsx'),
  ]);
});
beforeEach(() => {
  localStorage.clear();
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('the first page', () => {
  it('shows a resident the balance with its date, and the code on the card', async () => {
    service({
      'GET /api/me': { body: member('resident', '482915') },
      'GET /api/account': { body: balance },
      'GET /api/account/entries': { body: { items: [] } },
    });
    open('/', '/', Home);
    expect(await screen.findByText('截至 11月21日 10:32')).toBeTruthy();
    expect(screen.getByText('另有1小时已预留')).toBeTruthy();
    expect(screen.getByText('其中30分钟请在11月30日前使用（含当天）')).toBeTruthy();
    expect(screen.queryByText(/欠/)).toBeNull();
    expect(await screen.findByText('还没有记录。帮助过老人，时间就会存在这里。')).toBeTruthy();
    expect(await screen.findByText('482 915')).toBeTruthy();
    expect(screen.getByRole('link', { name: '我的预约' })).toBeTruthy();
    expect(screen.queryByRole('link', { name: '工作台' })).toBeNull();
  });

  const plain = { ...balance, heldMinutes: 0, grantedMinutes: 0, nextLapseAt: undefined };
  const openWith = async (account: object) => {
    service({ 'GET /api/me': { body: member('resident') }, 'GET /api/account': { body: account } });
    open('/', '/', Home);
    await screen.findByText('截至 11月21日 10:32');
    return screen.getByRole('region', { name: '余额' }).textContent;
  };

  it('says nothing beside the balance where there is nothing to say', async () => {
    expect(await openWith(plain)).toBe('可以用的时间3小时30分截至 11月21日 10:32');
  });

  it.each([
    [{ debtMinutes: 30 }, '欠30分钟，将由以后存入的时间补上'],
    [{ state: 'frozen' }, '! 账户已暂停，现在不能用时间。请打服务电话。'],
    [{ state: 'closed', availableMinutes: 0 }, '! 账户已结清，不能再存或用时间。'],
    [{ state: 'donate_only' }, '! 这是团体账户，时间只能捐出。'],
  ])('tells what is particular of an account', async (fields, words) => {
    expect(await openWith({ ...plain, ...fields })).toContain(words);
  });

  it('keeps no id of the account on the phone, and shows nothing that was kept by halves', async () => {
    await openWith(balance);
    expect(localStorage.getItem('time-bank.balance')).not.toContain('acc_');
    cleanup();
    localStorage.setItem('time-bank.balance', '{"availableMinutes":1}');
    service({});
    open('/', '/', Home);
    expect((await screen.findAllByText('没有连上网。请看看网络，再试一次。')).length).toBeGreaterThan(0);
    expect(screen.queryByRole('region', { name: '余额' })).toBeNull();
  });

  it('shows the last balance, with its date, where there is no network', async () => {
    localStorage.setItem('time-bank.balance', JSON.stringify(balance));
    service({});
    open('/', '/', Home);
    expect(await screen.findByText('截至 11月21日 10:32')).toBeTruthy();
    expect(screen.getByText('其中30分钟请在11月30日前使用（含当天）')).toBeTruthy();
    expect((await screen.findAllByText('没有连上网。请看看网络，再试一次。')).length).toBeGreaterThan(0);
  });

  it('leads to the sign-in where nobody is signed in', async () => {
    const refused = { status: 401, body: { error: { code: 'not_signed_in', message: '' } } };
    service({ 'GET /api/me': refused, 'GET /api/account': refused, 'GET /api/account/entries': refused });
    open('/', '/', Home);
    await waitFor(() => {
      expect(location.pathname).toBe('/sign-in');
    });
  });
});

describe('confirming a visit', () => {
  const request = {
    requestId: 'req_1',
    serviceCode: 'B01',
    serviceWords: { 'zh-Hans': '居家探访', 'zh-Hant': '居家探訪', en: 'Home visit' },
    state: 'pending_confirm',
    plannedStartAt: '2026-11-21T02:00:00.000Z',
    plannedMinutes: 90,
    wishes: { languages: [] },
    mine: 'receiver',
    visit: { volunteer: { name: '陈小芳' }, checkedInAt: '2026-11-21T02:05:00.000Z', servedMinutes: 95 },
  };

  it('shows who came, when and for how long, and is sent once with its own id', async () => {
    const asked = service({
      'GET /api/requests/req_1': { body: request },
      'POST /api/requests/req_1/confirm': { body: { requestId: 'req_1', state: 'settled', at: '' } },
    });
    open('/received/req_1', '/received/:requestId', ReceivedRequest);
    expect(await screen.findByText('陈小芳')).toBeTruthy();
    expect(screen.getByText('11月21日 10:05')).toBeTruthy();
    expect(screen.getByText('1小时35分')).toBeTruthy();
    const button = screen.getByRole('button', { name: '确认' });
    fireEvent.click(button);
    fireEvent.click(button);
    expect(await screen.findByText('✓ 确认好了，谢谢您。')).toBeTruthy();
    const sent = asked.filter(({ path }) => path.endsWith('/confirm'));
    expect(sent).toHaveLength(1);
    expect(sent[0]?.body).toEqual({ transferId: expect.stringMatching(/^trf_/) });
    expect(sent[0]?.header).toBe('web');
  });
});

describe('using hours', () => {
  const talk = {
    code: 'C01',
    words: { 'zh-Hans': '陪聊', 'zh-Hant': '陪聊', en: 'Company' },
    risk: 1,
    madeBy: 'volunteer',
    persons: 1,
    defaultMinutes: 60,
    minMinutes: 15,
    maxMinutes: 240,
    fromMinute: 0,
    toMinute: 1440,
    levels: [0, 4],
    ratePercent: 100,
    isRemote: false,
    withHours: true,
    byCommunity: true,
    needsLicence: false,
    proofs: ['code'],
  };
  const services = { communityCode: '341302001001', items: [talk] };
  const me = {
    'GET /api/me': { body: member('resident') },
    'GET /api/services': { body: services },
  };
  const open60 = () => {
    const date = '2099-01-01';
    const draft = { service: 'C01', date, clock: '10:00', minutes: '60', note: 'x' };
    localStorage.setItem(
      'time-bank.draft.redeem',
      JSON.stringify({
        at: Date.now(),
        ...Object.fromEntries(Object.entries(draft).map(([name, text]) => [`field.${name}`, text])),
      }),
    );
    open('/redeem/check', '/redeem/:step?', Redeem);
  };

  it('says at once where there are too few of them', async () => {
    service({ ...me, 'GET /api/account': { body: { ...balance, availableMinutes: 10 } } });
    open('/redeem', '/redeem/:step?', Redeem);
    expect(await screen.findByText(/您现在可用10分钟，还不够用一次/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: '下一步' })).toBeNull();
  });

  it('leads from what was refused to the page and the field it is about', async () => {
    const details = [{ property: 'note', message: 'Too big' }];
    service({
      ...me,
      'GET /api/account': { body: balance },
      'POST /api/redemptions': { status: 400, body: { error: { code: 'invalid_fields', details } } },
    });
    open60();
    fireEvent.click(await screen.findByRole('button', { name: '提交' }));
    const link = await screen.findByRole('link', { name: '备注太长了。请写200个字以内。' });
    expect(link.getAttribute('href')).toBe('/redeem/wishes');
    fireEvent.click(link);
    const note = await screen.findByLabelText('备注');
    expect(note.getAttribute('aria-invalid')).toBe('true');
    expect(document.getElementById('note-problem')?.textContent).toContain('备注太长了');
  });
});

describe('the desk', () => {
  const [one, other] = ['341302001001', '341302001002'];
  const week = { week: '', communityName: '', from: '', to: '', elders: 12, eldersVisited: 6, rows: [] };
  const empty = { body: { items: [] } };
  const answers = {
    'GET /api/communities': {
      body: {
        items: [
          { code: one, name: '东社区' },
          { code: other, name: '西社区' },
        ],
      },
    },
    'GET /api/requests?scope=community': empty,
    [`GET /api/requests?scope=community&community=${one}`]: empty,
    [`GET /api/requests?scope=community&community=${other}`]: empty,
    'GET /api/elders': empty,
    [`GET /api/elders?community=${one}`]: empty,
    [`GET /api/elders?community=${other}`]: empty,
    'GET /api/coverage': { body: week },
    [`GET /api/coverage?community=${one}`]: { body: week },
    [`GET /api/coverage?community=${other}`]: { body: { ...week, eldersVisited: 7 } },
  };

  it('shows the community that was chosen, or all of them', async () => {
    const asked = service(answers);
    open('/desk', '/desk', Desk);
    expect(await screen.findByText('本周12位老人，已探访6位')).toBeTruthy();
    const choice = await screen.findByLabelText('社区');
    fireEvent.change(choice, { target: { value: other } });
    expect(await screen.findByText('本周12位老人，已探访7位')).toBeTruthy();
    expect(asked.map(({ path }) => path)).toContain(`/api/requests?scope=community&community=${other}`);
    fireEvent.change(choice, { target: { value: 'all' } });
    expect(await screen.findByText(/请先在上面选一个社区/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: '发布探访' })).toBeNull();
  });

  it('shows the week in the order of the service', async () => {
    const elder = (name: string, facts: object = {}) => ({
      ...{ elderId: name, name, age: 80, visited: 0, planned: 0, open: 0, visits: [] },
      ...{ tier: 'high', wanted: 1, missing: 0, mayBePhone: false, counts: true },
      ...facts,
    });
    const rows = [
      elder('甲'),
      elder('乙', { open: 1, livingSituation: 'alone', age: 95 }),
      elder('丙', { planned: 1 }),
      elder('丁', { visited: 1, livingSituation: 'alone' }),
    ];
    const [from, to] = ['2026-11-15T16:00:00.000Z', '2026-11-22T16:00:00.000Z'];
    vi.stubGlobal('fetch', (path: string) =>
      Promise.resolve(
        new Response(
          JSON.stringify(path.startsWith('/api/coverage') ? { ...week, from, to, rows } : { items: [] }),
        ),
      ),
    );
    open('/desk/week', '/desk/week', DeskWeek);
    const names = await screen.findAllByRole('rowheader');
    expect(names.map(({ textContent }) => textContent)).toEqual(['甲', '乙', '丙', '丁']);
  });
});

describe('signing in', () => {
  const sent = { challengeId: 'chl_1', expiresAt: new Date(Date.now() + 300_000).toISOString() };

  it('asks for a number that could be one', () => {
    const asked = service({});
    open('/sign-in', '/sign-in', SignIn);
    fireEvent.input(screen.getByLabelText('手机号'), { target: { value: '12' } });
    fireEvent.click(screen.getByRole('button', { name: '发验证码' }));
    expect(screen.getAllByText(/请输入11位手机号/)).toHaveLength(2);
    expect(asked.filter(({ path }) => path === '/api/sign-in/codes')).toHaveLength(0);
  });

  it('goes where one wanted to go, and never to another site', async () => {
    service({
      'POST /api/sign-in/codes': { status: 202, body: sent },
      'POST /api/sign-in': { body: { token: 'secret', expiresAt: '', roles: ['volunteer'] } },
    });
    open('/sign-in?then=%2F%2Felsewhere.example', '/sign-in', SignIn);
    fireEvent.input(screen.getByLabelText('手机号'), { target: { value: '100 0000 0009' } });
    fireEvent.click(screen.getByRole('button', { name: '发验证码' }));
    fireEvent.input(await screen.findByLabelText('验证码'), { target: { value: '123 456' } });
    fireEvent.click(screen.getByRole('button', { name: '登录' }));
    await waitFor(() => {
      expect(location.pathname).toBe('/');
    });
    expect(JSON.stringify(localStorage)).not.toContain('secret');
  });

  describe('on a phone that several people use', () => {
    const kept = { balance: '{}', 'draft.redeem': '{}', 'command.redeem': '{}', community: '1' };
    const signInWith = async (phone: string) => {
      service({
        'POST /api/sign-in/codes': { status: 202, body: sent },
        'POST /api/sign-in': { body: { token: 'secret', expiresAt: '', roles: ['volunteer'] } },
      });
      open('/sign-in', '/sign-in', SignIn);
      fireEvent.input(screen.getByLabelText('手机号'), { target: { value: phone } });
      fireEvent.click(screen.getByRole('button', { name: '发验证码' }));
      fireEvent.input(await screen.findByLabelText('验证码'), { target: { value: '123456' } });
      fireEvent.click(screen.getByRole('button', { name: '登录' }));
      await screen.findByText('elsewhere');
      cleanup();
    };
    const remembered = () =>
      Object.keys(localStorage)
        .map((name) => name.replace('time-bank.', ''))
        .sort();

    beforeEach(async () => {
      await signInWith('10000000009');
      for (const [name, text] of Object.entries({ ...kept, size: '2' })) {
        localStorage.setItem(`time-bank.${name}`, text);
      }
    });

    it('shows whoever signs in nothing of the person before', async () => {
      await signInWith('10000000008');
      expect(remembered()).toEqual(['signed-in', 'size']);
    });

    it('wipes what belongs to nobody known', async () => {
      localStorage.setItem('time-bank.signed-in', 'yes');
      await signInWith('10000000009');
      expect(remembered()).toEqual(['signed-in', 'size']);
    });

    it('gives whoever comes back what was begun', async () => {
      await signInWith('100 0000 0009');
      expect(remembered()).toEqual([...Object.keys(kept), 'signed-in', 'size'].sort());
    });
  });
});
