import type { EntryView } from '@time-bank/contracts/account';
import { TransferId } from '@time-bank/contracts/ids';
import { EntryKind, PoolId } from '@time-bank/contracts/ledger';
import { describe, expect, it } from 'vitest';
import { newId } from '../new-id.ts';
import { en } from '../words/en.ts';
import { statementEn } from '../words/statement-en.ts';
import { statementZhHans } from '../words/statement-zh-hans.ts';
import { statementZhHant } from '../words/statement-zh-hant.ts';
import { zhHans } from '../words/zh-hans.ts';
import { zhHant } from '../words/zh-hant.ts';
import { actedEn } from '../words/acted-en.ts';
import { actedZhHans } from '../words/acted-zh-hans.ts';
import { actedZhHant } from '../words/acted-zh-hant.ts';
import { statementLine } from './statement-line.ts';

const talkWords = { 'zh-Hans': '陪聊', 'zh-Hant': '陪聊', en: 'Company and talk' };
const visitWords = { 'zh-Hans': '居家探访', 'zh-Hant': '居家探訪', en: 'Home visit' };

const simplified = { shell: zhHans, own: statementZhHans, acted: actedZhHans };
const languages = [
  simplified,
  { shell: zhHant, own: statementZhHant, acted: actedZhHant },
  { shell: en, own: statementEn, acted: actedEn },
];

const entry = (kind: EntryKind, fields: Partial<EntryView> = {}): EntryView => ({
  transferId: TransferId.parse(newId('trf')),
  kind,
  reason: 'visit_confirmed',
  amountMinutes: 0,
  changeMinutes: 0,
  heldMinutes: 0,
  honourMinutes: 0,
  debtMinutes: 0,
  at: '2026-11-21T02:32:00.000Z',
  channel: 'web',
  policyVersion: '1',
  ...fields,
});

/** An hour that comes in or goes out, or is set aside. */
const anHour = (kind: EntryKind, change: 60 | -60, fields: Partial<EntryView> = {}): EntryView =>
  entry(kind, { amountMinutes: 60, changeMinutes: change, ...fields });

const midnight = '2026-11-30T16:00:00.000Z';
const earlier = TransferId.parse(newId('trf'));
const poolId = PoolId.parse('pool:341302');

/** A line of every kind, and what is read of it in each language: what, by how much, and what else. */
const told: Record<EntryKind, { line: EntryView; words: [string, string, string] }> = {
  earned: {
    line: anHour('earned', 60, { serviceCode: 'C01', serviceWords: talkWords }),
    words: ['陪聊 · 存入 | +1小时', '陪聊 · 存入 | +1小時', 'Company and talk · Earned | +1 hour'],
  },
  gift_in: {
    line: anHour('gift_in', 60),
    words: ['收到亲友赠送 | +1小时', '收到親友贈送 | +1小時', 'Gift from family or a friend | +1 hour'],
  },
  granted: {
    line: anHour('granted', 60, { lapsesAt: midnight, poolId }),
    words: [
      '社区发放 | +1小时 | 请在11月30日前使用（含当天）',
      '社區發放 | +1小時 | 請在11月30日前使用（含當天）',
      'Granted by the community | +1 hour | Use by 30 November',
    ],
  },
  restored: {
    line: anHour('restored', 60, { corrects: earlier, note: 'X' }),
    words: [
      '更正：退还给您 | +1小时 | 说明：X',
      '更正：退還給您 | +1小時 | 說明：X',
      'Correction: Given back to you | +1 hour | Note: X',
    ],
  },
  inherited: {
    line: anHour('inherited', 60),
    words: ['收到家人留下的时间 | +1小时', '收到家人留下的時間 | +1小時', 'Left to you by family | +1 hour'],
  },
  moved_in: {
    line: entry('moved_in', { amountMinutes: 90, changeMinutes: 60, honourMinutes: 30 }),
    words: [
      '从别处转来1小时30分 | +1小时 | 30分钟记作荣誉时间，计入星级，不能使用',
      '從別處轉來1小時30分 | +1小時 | 30分鐘記作榮譽時間，計入星級，不能使用',
      'Brought from elsewhere (1 hour 30 minutes) | +1 hour | 30 minutes kept as honour hours: they count for stars and cannot be used',
    ],
  },
  spent: {
    line: entry('spent', {
      amountMinutes: 40,
      changeMinutes: 20,
      heldMinutes: -60,
      serviceCode: 'C01',
      serviceWords: talkWords,
    }),
    words: [
      '陪聊 · 用去40分钟，退回20分钟 | +20分钟',
      '陪聊 · 用去40分鐘，退回20分鐘 | +20分鐘',
      'Company and talk · Used 40 minutes, 20 minutes back to you | +20 minutes',
    ],
  },
  gift_out: {
    line: anHour('gift_out', -60),
    words: ['赠送给亲友 | −1小时', '贈送給親友 | −1小時', 'Gift to family or a friend | −1 hour'],
  },
  donated: {
    line: anHour('donated', -60, { poolId }),
    words: ['捐入公益时间池 | −1小时', '捐入公益時間池 | −1小時', 'Donated to the community pool | −1 hour'],
  },
  lapsed: {
    line: anHour('lapsed', -60, { poolId }),
    words: [
      '到期，退回公益时间池 | −1小时',
      '到期，退回公益時間池 | −1小時',
      'Run out, back to the community pool | −1 hour',
    ],
  },
  reversed: {
    line: entry('reversed', {
      amountMinutes: 60,
      changeMinutes: -40,
      debtMinutes: 20,
      corrects: earlier,
      note: 'X',
    }),
    words: [
      '更正：收回1小时 | −40分钟 | 欠20分钟，将由以后存入的时间补上 | 说明：X',
      '更正：收回1小時 | −40分鐘 | 欠20分鐘，將由以後存入的時間補上 | 說明：X',
      'Correction: Taken back (1 hour) | −40 minutes | 20 minutes owed; the hours you earn next will make them up | Note: X',
    ],
  },
  bequeathed: {
    line: anHour('bequeathed', -60),
    words: ['留给家人 | −1小时', '留給家人 | −1小時', 'Left to family | −1 hour'],
  },
  moved_out: {
    line: anHour('moved_out', -60),
    words: ['转到别处 | −1小时', '轉到別處 | −1小時', 'Taken elsewhere | −1 hour'],
  },
  forfeited: {
    line: entry('forfeited', { amountMinutes: 30, changeMinutes: -60, debtMinutes: -30 }),
    words: [
      '余下的时间不再保留 | −1小时 | 欠的30分钟不用再还',
      '餘下的時間不再保留 | −1小時 | 欠的30分鐘不用再還',
      'What was left is no longer kept | −1 hour | 30 minutes no longer owed',
    ],
  },
  held: {
    line: anHour('held', -60, { heldMinutes: 60 }),
    words: ['预留 | −1小时', '預留 | −1小時', 'Set aside | −1 hour'],
  },
  released: {
    line: anHour('released', 60, { heldMinutes: -60 }),
    words: ['退回 | +1小时', '退回 | +1小時', 'Back to you | +1 hour'],
  },
  frozen: {
    line: entry('frozen'),
    words: ['账户暂停使用', '帳戶暫停使用', 'Account put on hold'],
  },
  unfrozen: {
    line: entry('unfrozen'),
    words: ['账户恢复使用', '帳戶恢復使用', 'Account in use again'],
  },
  closed: { line: entry('closed'), words: ['账户结清', '帳戶結清', 'Account closed'] },
  bond_made: {
    line: entry('bond_made'),
    words: ['登记了一位亲友', '登記了一位親友', 'Family or friend registered'],
  },
  bond_ended: {
    line: entry('bond_ended'),
    words: ['解除了一位亲友的登记', '解除了一位親友的登記', 'Family or friend no longer registered'],
  },
  overflow_chosen: {
    line: entry('overflow_chosen', { poolId }),
    words: [
      '选了多出的时间怎么办 | 以后超过上限的时间，捐入公益时间池',
      '選了多出的時間怎麼辦 | 以後超過上限的時間，捐入公益時間池',
      'Chose what happens to surplus hours | From now on, hours above the limit go to the community pool',
    ],
  },
  sign_ins_ended: {
    line: entry('sign_ins_ended'),
    words: ['以前的登录已全部失效', '以前的登入已全部失效', 'Earlier sign-ins were ended'],
  },
};

const readIn = (words: (typeof languages)[number], line: EntryView): string => {
  const { what, change, more } = statementLine(words, line);
  return [what, change, ...more].filter((text) => text !== '').join(' | ');
};

describe('a line of the statement', () => {
  it('is known here in every kind that there is', () => {
    expect(Object.keys(told).sort()).toEqual([...EntryKind.options].sort());
  });

  it.each(EntryKind.options)('says in three languages what %s is', (kind) => {
    const { line, words } = told[kind];
    expect(line.kind).toBe(kind);
    expect(languages.map((language) => readIn(language, line))).toEqual(words);
  });

  it('says something else for every kind', () => {
    for (const [index] of languages.entries()) {
      const read = Object.values(told).map(({ words }) => words[index]);
      expect(new Set(read).size).toBe(EntryKind.options.length);
    }
  });

  const request = 'req_01KPMA9Q3D7XW4VN2E6YSGT8HB' as const;
  const visit = { requestId: request, serviceCode: 'B01', serviceWords: visitWords } as Partial<EntryView>;

  it.each<[string, EntryView, string]>([
    ['for whom it is set aside', anHour('held', -60, visit), '居家探访 · 预留（约好的探访） | −1小时'],
    ['that all was used', entry('spent', { amountMinutes: 60, heldMinutes: -60 }), '用去1小时'],
    [
      'that nearly nothing was used, and what came back',
      entry('spent', { amountMinutes: 30, changeMinutes: 30, heldMinutes: -60 }),
      '用去30分钟，退回30分钟 | +30分钟',
    ],
    [
      'that a booking was cancelled',
      anHour('released', 60, { reason: 'request_cancelled' }),
      '预约取消，退回 | +1小时',
    ],
    ['that nobody came', anHour('released', 60, { reason: 'nobody_came' }), '没有人来，退回 | +1小时'],
    [
      'that it was set aside for too long',
      anHour('released', 60, { reason: 'hold_lapsed' }),
      '预留过期，退回 | +1小时',
    ],
    [
      'what it was for where no service is named',
      anHour('earned', 60, { reason: 'group_activity' }),
      '集体活动 · 存入 | +1小时',
    ],
    [
      'what was entered instead',
      anHour('earned', 60, {
        serviceCode: 'C01',
        serviceWords: talkWords,
        reason: 'correction',
        corrects: earlier,
        note: '少记了',
      }),
      '更正：陪聊 · 补记 | +1小时 | 说明：少记了',
    ],
    [
      'which part of what was earned cannot be used',
      entry('earned', { amountMinutes: 60, changeMinutes: 45, honourMinutes: 15 }),
      '存入1小时 | +45分钟 | 15分钟记作荣誉时间，计入星级，不能使用',
    ],
    [
      'what went to a pool, and what made up for a debt',
      entry('earned', {
        amountMinutes: 60,
        changeMinutes: 30,
        overflowMinutes: 10,
        debtMinutes: -20,
        poolId,
      }),
      '存入1小时 | +30分钟 | 20分钟补上了以前欠的时间 | 10分钟超过上限，捐入公益时间池',
    ],
    [
      'that honour minutes are taken back',
      entry('reversed', { amountMinutes: 60, changeMinutes: -45, honourMinutes: -15, corrects: earlier }),
      '更正：收回1小时 | −45分钟 | 收回15分钟荣誉时间',
    ],
    [
      'that surplus is honour from now on',
      entry('overflow_chosen'),
      '选了多出的时间怎么办 | 以后超过上限的时间，记作荣誉时间',
    ],
  ])('tells %s', (_what, line, words) => {
    expect(readIn(simplified, line)).toBe(words);
  });
});
