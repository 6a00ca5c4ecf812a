// @vitest-environment happy-dom
import type { EntryView } from '@time-bank/contracts/account';
import { TransferId } from '@time-bank/contracts/ids';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { LanguageProvider, loadCatalogue } from '../language.tsx';
import { newId } from '../new-id.ts';
import { BigNumber } from './big-number.tsx';
import { CancelForm } from './cancel-form.tsx';
import { ChoiceList } from './choice-list.tsx';
import { ErrorSummary } from './error-summary.tsx';
import { failureProblems, problemAt, wantedFields } from './failure-problems.ts';
import { Facts } from './facts.tsx';
import { Field } from './field.tsx';
import { Loaded } from './loaded.tsx';
import { MoreButton, useMore } from './more-items.tsx';
import { Page } from './page.tsx';
import { PhoneLink } from './phone-link.tsx';
import { PreferenceBar } from './preference-bar.tsx';
import { SendButton } from './send-button.tsx';
import { StatementList, statementReady } from './statement-list.tsx';

beforeAll(async () => {
  await loadCatalogue('zh-Hans');
});
afterEach(cleanup);

const nothing = () => undefined;

describe('a field', () => {
  it('has a label, and its hint and problem are read with it', () => {
    render(<Field id="phone" label="手机号" hint="十一位" problem="请输入" value="" onWrite={nothing} />);
    const input = screen.getByLabelText('手机号');
    expect(input.getAttribute('aria-describedby')).toBe('phone-hint phone-problem');
    expect(input.getAttribute('aria-invalid')).toBe('true');
    expect(document.getElementById('phone-problem')?.textContent).toBe('! 请输入');
  });

  it('tells what is written', () => {
    const onWrite = vi.fn();
    render(<Field id="code" label="验证码" value="" onWrite={onWrite} autocomplete="one-time-code" />);
    const input = screen.getByLabelText('验证码');
    fireEvent.input(input, { target: { value: '123456' } });
    expect(onWrite).toHaveBeenCalledWith('123456');
    expect(input.getAttribute('autocomplete')).toBe('one-time-code');
  });
});

describe('the error summary', () => {
  it('takes the focus and leads to the field', () => {
    render(
      <>
        <ErrorSummary problems={[{ field: 'code', words: '请输入6位数字' }]} />
        <Field id="code" label="验证码" problem="请输入6位数字" value="" onWrite={nothing} />
      </>,
    );
    expect(document.activeElement).toBe(screen.getByRole('alert'));
    fireEvent.click(screen.getByRole('link', { name: '请输入6位数字' }));
    expect(document.activeElement).toBe(screen.getByLabelText('验证码'));
  });

  it('is not there where nothing is wrong', () => {
    render(<ErrorSummary problems={[]} />);
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

describe('what the service does not accept', () => {
  const refusedFor = (...properties: string[]) => ({
    failure: {
      kind: 'refused' as const,
      refusal: {
        code: 'invalid_fields' as const,
        details: properties.map((property) => ({ property, message: '' })),
      },
    },
  });

  it('is said beside the fields it is about', async () => {
    const words = await loadCatalogue('zh-Hans');
    const command = refusedFor('note', 'place.address', 'wishes.languages.0', 'note');
    const problems = failureProblems(words, [command], wantedFields(words));
    expect(problems.map(({ field }) => field)).toEqual(['address', 'language', 'note']);
    expect(problemAt(problems, 'note')).toBe('备注太长了。请写200个字以内。');
  });

  it('is said in general where it is about something else', async () => {
    const words = await loadCatalogue('zh-Hans');
    const general = { words: '有的地方没有填对。请检查后再试。' };
    expect(failureProblems(words, [refusedFor()], wantedFields(words))).toEqual([general]);
    expect(failureProblems(words, [refusedFor('note', 'requestId')], wantedFields(words))).toEqual([
      expect.objectContaining({ field: 'note' }),
      general,
    ]);
  });
});

describe('a list that goes on', () => {
  const pages = [{ items: ['a', 'b'], cursor: '1' }, { items: ['c'], cursor: '2' }, { items: [] }];
  const List = () => {
    const [first = { items: [] }, ...others] = pages;
    const more = useMore(first, (cursor) =>
      Promise.resolve({ kind: 'done', value: others[Number(cursor) - 1] ?? { items: [] } }),
    );
    return (
      <>
        {more.items.map((item) => (
          <p key={item} ref={more.refOf(item)}>
            {item}
          </p>
        ))}
        <MoreButton more={more} />
      </>
    );
  };

  it('gives the focus to the first item that has come, and never loses it', async () => {
    render(<List />);
    fireEvent.click(screen.getByRole('button', { name: '看更多' }));
    expect(await screen.findByText('c')).toBe(document.activeElement);
    fireEvent.click(screen.getByRole('button', { name: '看更多' }));
    await waitFor(() => {
      expect(screen.queryByRole('button')).toBeNull();
    });
    expect(document.activeElement).toBe(screen.getByText('c'));
  });
});

describe('a page', () => {
  it('says in the title of the window what it is, and that something is wrong', () => {
    const { rerender } = render(<Page title="登录">x</Page>);
    expect(document.title).toBe('登录 - 养老互助时间');
    rerender(
      <Page title="登录" problems={[{ words: '没有连上网' }]}>
        x
      </Page>,
    );
    expect(document.title).toBe('错误：登录 - 养老互助时间');
  });

  it('gives the focus to what has just been done', () => {
    render(
      <Page title="我的探访" news="签到好了">
        x
      </Page>,
    );
    expect(document.activeElement?.textContent).toBe('✓ 签到好了');
  });
});

describe('the big number', () => {
  it('is read as one amount', () => {
    const { container } = render(<BigNumber minutes={210} />);
    expect(container.textContent).toBe('3小时30分');
  });
});

describe('the statement', () => {
  const entry = (fields: Partial<EntryView>): EntryView => ({
    transferId: TransferId.parse(newId('trf')),
    kind: 'earned',
    reason: 'visit_confirmed',
    amountMinutes: 90,
    changeMinutes: 90,
    heldMinutes: 0,
    honourMinutes: 0,
    debtMinutes: 0,
    at: '2026-11-21T02:32:00.000Z',
    channel: 'web',
    policyVersion: '1',
    serviceCode: 'B01',
    serviceWords: { 'zh-Hans': '居家探访', 'zh-Hant': '居家探訪', en: 'Home visit' },
    ...fields,
  });

  it('says in words what happened, with a sign, the amount and the date', () => {
    render(<StatementList entries={[entry({})]} />);
    const { textContent } = screen.getByRole('listitem');
    expect(textContent).toContain('居家探访 · 存入 +1小时30分');
    expect(textContent).toContain('11月21日 10:32');
  });

  const wrong = entry({});
  const takenBack = entry({
    kind: 'reversed',
    reason: 'correction',
    changeMinutes: -90,
    at: '2026-11-23T01:00:00.000Z',
    corrects: wrong.transferId,
    note: '记错了人',
  });

  it('leads from a correction to the line that it corrects, and back', () => {
    render(<StatementList entries={[takenBack, wrong]} />);
    const [correction, corrected] = screen.getAllByRole('listitem');
    expect(correction?.textContent).toContain('更正：居家探访 · 收回 −1小时30分');
    expect(correction?.textContent).toContain('说明：记错了人');
    fireEvent.click(screen.getByRole('link', { name: '更正的是11月21日 10:32的记录' }));
    expect(document.activeElement).toBe(corrected);
    fireEvent.click(screen.getByRole('link', { name: '! 这条记录已在11月23日 09:00更正' }));
    expect(document.activeElement).toBe(correction);
  });

  it('tells the payer, too: the line of what was paid has the same id', () => {
    const paid = entry({ transferId: wrong.transferId, kind: 'spent', changeMinutes: 0, heldMinutes: -90 });
    const restored = entry({ kind: 'restored', reason: 'correction', corrects: wrong.transferId });
    render(<StatementList entries={[restored, paid]} />);
    expect(screen.getByText(/更正：居家探访 · 退还给您/)).toBeTruthy();
    expect(screen.getAllByRole('link')).toHaveLength(2);
  });

  it('says that an earlier line is corrected where that is not on the page yet', () => {
    render(<StatementList entries={[takenBack]} />);
    expect(screen.getByText('更正的是以前的一条记录')).toBeTruthy();
    expect(screen.queryByRole('link')).toBeNull();
  });

  it('speaks the language in use, with its own words fetched', async () => {
    localStorage.setItem('time-bank.locale', 'en');
    await Promise.all([loadCatalogue('en'), statementReady()]);
    render(
      <LanguageProvider>
        <StatementList entries={[takenBack, wrong]} />
      </LanguageProvider>,
    );
    expect(screen.getByText('Correction: Home visit · Taken back')).toBeTruthy();
    localStorage.clear();
  });
});

describe('a list of choices', () => {
  it('is a named group, and tells which was chosen', () => {
    const onWrite = vi.fn();
    render(
      <ChoiceList
        id="minutes"
        label="多久"
        value=""
        onWrite={onWrite}
        choices={[
          { value: '30', label: '30分钟' },
          { value: '60', label: '1小时' },
        ]}
      />,
    );
    expect(screen.getByRole('group', { name: '多久' })).toBeTruthy();
    fireEvent.click(screen.getByLabelText('1小时'));
    expect(onWrite).toHaveBeenCalledWith('60');
  });
});

describe('the button of a command', () => {
  it('cannot be pressed while the command is under way', () => {
    render(<SendButton command={{ sending: true }} label="接单" onPress={nothing} />);
    expect(screen.getByRole('button', { name: '正在发送…' }).hasAttribute('disabled')).toBe(true);
  });

  it('offers another try where that may help, and only there', () => {
    const { rerender } = render(
      <SendButton command={{ sending: false, failure: { kind: 'unreachable' } }} label="接单" />,
    );
    expect(screen.getByRole('button').textContent).toBe('再试一次');
    const failure = { kind: 'refused', refusal: { code: 'request_not_open' } } as const;
    rerender(<SendButton command={{ sending: false, failure }} label="接单" />);
    expect(screen.getByRole('button').textContent).toBe('接单');
  });
});

describe('taking a request back', () => {
  it('asks for a reason first', () => {
    const submit = vi.fn();
    const command = { sending: false, submit, clear: nothing };
    render(<CancelForm command={command} label="取消预约" reasons={['身体不舒服', '别的原因']} />);
    fireEvent.click(screen.getByRole('button', { name: '取消预约' }));
    fireEvent.click(screen.getByRole('button', { name: '确定取消' }));
    expect(submit).not.toHaveBeenCalled();
    expect(screen.getByText('请选一个原因。')).toBeTruthy();
    fireEvent.click(screen.getByLabelText('身体不舒服'));
    fireEvent.click(screen.getByRole('button', { name: '确定取消' }));
    expect(submit).toHaveBeenCalledWith('身体不舒服');
  });
});

describe('what is read from the service', () => {
  it('can be read again after a failure', () => {
    const reload = vi.fn();
    render(<Loaded resource={{ failure: { kind: 'unreachable' }, reload }}>{() => <p>never</p>}</Loaded>);
    fireEvent.click(screen.getByRole('button', { name: '再试一次' }));
    expect(reload).toHaveBeenCalledOnce();
  });
});

describe('facts', () => {
  it('leave out what is not known', () => {
    render(
      <Facts
        facts={[
          { name: '时间', content: '今天' },
          { name: '备注', content: undefined },
        ]}
      />,
    );
    expect(screen.queryByText('备注')).toBeNull();
  });
});

describe('a telephone number', () => {
  it('is read without the country code, and called with it', () => {
    render(<PhoneLink phone="+8610000000001" />);
    const link = screen.getByRole('link', { name: '打电话 10000000001' });
    expect(link.getAttribute('href')).toBe('tel:+8610000000001');
  });
});

describe('the bar of sizes and languages', () => {
  it('changes the size at once and says which is chosen', () => {
    render(<PreferenceBar />);
    fireEvent.click(screen.getByRole('button', { name: '特大' }));
    expect(document.documentElement.dataset.size).toBe('2');
    expect(localStorage.getItem('time-bank.size')).toBe('2');
    expect(screen.getByRole('button', { name: '特大' }).getAttribute('aria-pressed')).toBe('true');
  });

  it('changes the language of the words and of the page', async () => {
    render(
      <LanguageProvider>
        <PreferenceBar />
      </LanguageProvider>,
    );
    fireEvent.click(screen.getByRole('button', { name: 'English' }));
    expect(await screen.findByRole('button', { name: 'Largest' })).toBeTruthy();
    await waitFor(() => {
      expect(document.documentElement.lang).toBe('en');
    });
    localStorage.clear();
  });
});
