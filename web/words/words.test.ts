import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Converter } from 'opencc-js';
import { describe, expect, it } from 'vitest';
import { accountsEn } from './accounts-en.ts';
import { accountsZhHans } from './accounts-zh-hans.ts';
import { accountsZhHant } from './accounts-zh-hant.ts';
import { deskEn } from './desk-en.ts';
import { deskZhHans } from './desk-zh-hans.ts';
import { deskZhHant } from './desk-zh-hant.ts';
import { actedEn } from './acted-en.ts';
import { actedZhHans } from './acted-zh-hans.ts';
import { actedZhHant } from './acted-zh-hant.ts';
import { askEn } from './ask-en.ts';
import { askZhHans } from './ask-zh-hans.ts';
import { askZhHant } from './ask-zh-hant.ts';
import { askingEn } from './asking-en.ts';
import { askingZhHans } from './asking-zh-hans.ts';
import { askingZhHant } from './asking-zh-hant.ts';
import { homeEn } from './home-en.ts';
import { homeZhHans } from './home-zh-hans.ts';
import { homeZhHant } from './home-zh-hant.ts';
import { presenceEn } from './presence-en.ts';
import { presenceZhHans } from './presence-zh-hans.ts';
import { presenceZhHant } from './presence-zh-hant.ts';
import { afterEn } from './after-en.ts';
import { afterZhHans } from './after-zh-hans.ts';
import { afterZhHant } from './after-zh-hant.ts';
import { entriesEn } from './entries-en.ts';
import { entriesZhHans } from './entries-zh-hans.ts';
import { entriesZhHant } from './entries-zh-hant.ts';
import { helpEn } from './help-en.ts';
import { helpZhHans } from './help-zh-hans.ts';
import { helpZhHant } from './help-zh-hant.ts';
import { helpingEn } from './helping-en.ts';
import { helpingZhHans } from './helping-zh-hans.ts';
import { helpingZhHant } from './helping-zh-hant.ts';
import { linkageEn } from './linkage-en.ts';
import { linkageZhHans } from './linkage-zh-hans.ts';
import { linkageZhHant } from './linkage-zh-hant.ts';
import { lifeEn } from './life-en.ts';
import { lifeZhHans } from './life-zh-hans.ts';
import { lifeZhHant } from './life-zh-hant.ts';
import { meEn } from './me-en.ts';
import { meZhHans } from './me-zh-hans.ts';
import { meZhHant } from './me-zh-hant.ts';
import { noticesEn } from './notices-en.ts';
import { noticesZhHans } from './notices-zh-hans.ts';
import { noticesZhHant } from './notices-zh-hant.ts';
import { peopleEn } from './people-en.ts';
import { peopleZhHans } from './people-zh-hans.ts';
import { peopleZhHant } from './people-zh-hant.ts';
import { planEn } from './plan-en.ts';
import { planZhHans } from './plan-zh-hans.ts';
import { planZhHant } from './plan-zh-hant.ts';
import { weekEn } from './week-en.ts';
import { weekZhHans } from './week-zh-hans.ts';
import { weekZhHant } from './week-zh-hant.ts';
import { signInEn } from './sign-in-en.ts';
import { signInZhHans } from './sign-in-zh-hans.ts';
import { signInZhHant } from './sign-in-zh-hant.ts';
import { en } from './en.ts';
import { givingEn } from './giving-en.ts';
import { givingZhHans } from './giving-zh-hans.ts';
import { givingZhHant } from './giving-zh-hant.ts';
import { statementEn } from './statement-en.ts';
import { statementZhHans } from './statement-zh-hans.ts';
import { statementZhHant } from './statement-zh-hant.ts';
import { tasksZhHans } from './tasks-zh-hans.ts';
import { zhHans } from './zh-hans.ts';
import { zhHant } from './zh-hant.ts';

const web = join(import.meta.dirname, '..');
const toTraditional = Converter({ from: 'cn', to: 'tw' });

const leavesOf = (value: unknown, path: string): [string, string][] => {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') return [[path, String(Reflect.apply(value, undefined, [90, 60, 30]))]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => leavesOf(inner, `${path}.${name}`));
};

const simplified = leavesOf(
  {
    ...zhHans,
    ...tasksZhHans,
    desk_: deskZhHans,
    statement_: statementZhHans,
    giving_: givingZhHans,
    accounts_: accountsZhHans,
    acted_: actedZhHans,
    after_: afterZhHans,
    ask_: askZhHans,
    asking_: askingZhHans,
    home_: homeZhHans,
    presence_: presenceZhHans,
    entries_: entriesZhHans,
    help_: helpZhHans,
    helping_: helpingZhHans,
    life_: lifeZhHans,
    linkage_: linkageZhHans,
    week_: weekZhHans,
    me_: meZhHans,
    notices_: noticesZhHans,
    people_: peopleZhHans,
    plan_: planZhHans,
    signin_: signInZhHans,
  },
  '',
);
const traditional = leavesOf(
  {
    ...zhHant,
    desk_: deskZhHant,
    statement_: statementZhHant,
    giving_: givingZhHant,
    accounts_: accountsZhHant,
    acted_: actedZhHant,
    after_: afterZhHant,
    ask_: askZhHant,
    asking_: askingZhHant,
    home_: homeZhHant,
    presence_: presenceZhHant,
    entries_: entriesZhHant,
    help_: helpZhHant,
    helping_: helpingZhHant,
    life_: lifeZhHant,
    linkage_: linkageZhHant,
    week_: weekZhHant,
    me_: meZhHant,
    notices_: noticesZhHant,
    people_: peopleZhHant,
    plan_: planZhHant,
    signin_: signInZhHant,
  },
  '',
);
const english = leavesOf(
  {
    ...en,
    desk_: deskEn,
    statement_: statementEn,
    giving_: givingEn,
    accounts_: accountsEn,
    acted_: actedEn,
    after_: afterEn,
    ask_: askEn,
    asking_: askingEn,
    home_: homeEn,
    presence_: presenceEn,
    entries_: entriesEn,
    help_: helpEn,
    helping_: helpingEn,
    life_: lifeEn,
    linkage_: linkageEn,
    week_: weekEn,
    me_: meEn,
    notices_: noticesEn,
    people_: peopleEn,
    plan_: planEn,
    signin_: signInEn,
  },
  '',
);

describe('the catalogues', () => {
  it('say the same things in every language', () => {
    const names = simplified.map(([name]) => name).sort();
    expect(traditional.map(([name]) => name).sort()).toEqual(names);
    expect(english.map(([name]) => name).sort()).toEqual(names);
  });

  it('leave nothing empty', () => {
    for (const [name, text] of [...simplified, ...traditional, ...english]) {
      expect(text.trim(), name).not.toBe('');
    }
  });

  it('have traditional characters wherever the simplified ones differ', () => {
    const found = new Map(traditional);
    for (const [name, text] of simplified) {
      if (toTraditional(text) !== text) expect(found.get(name), name).not.toBe(text);
      expect(toTraditional(found.get(name) ?? ''), name).toBe(found.get(name));
    }
  });

  it('have English without Chinese characters', () => {
    for (const [name, text] of english) expect(text, name).not.toMatch(/\p{Script=Han}/u);
  });

  it('speak of hours, never of money or machines', () => {
    for (const [name, text] of simplified)
      expect(text, name).not.toMatch(/账单|转账|交易|服务器|接口|缓存|系统/);
  });

  it('keep the labels of buttons short', () => {
    for (const name of ['findVisits', 'myVisits', 'useHours', 'giveHours', 'myBookings', 'desk'] as const) {
      expect(zhHans[name].length).toBeLessThanOrEqual(15);
    }
  });
});

describe('hours', () => {
  it.each([
    [0, '0小时', '0 hours'],
    [1, '1分钟', '1 minute'],
    [45, '45分钟', '45 minutes'],
    [60, '1小时', '1 hour'],
    [90, '1小时30分', '1 hour 30 minutes'],
    [121, '2小时1分', '2 hours 1 minute'],
    [6000, '100小时', '100 hours'],
  ])('%i minutes are read as %s', (minutes, chinese, englishText) => {
    expect(zhHans.hours(minutes)).toBe(chinese);
    expect(en.hours(minutes)).toBe(englishText);
  });

  it('are the same in one piece and in parts', () => {
    for (const minutes of [0, 5, 60, 75, 600]) {
      expect(
        zhHans
          .hourParts(minutes)
          .map(({ count, unit }) => `${count}${unit}`)
          .join(''),
      ).toBe(zhHans.hours(minutes));
    }
  });
});

describe('the pages', () => {
  it('have no Chinese characters of their own: all text comes from here', () => {
    const files = readdirSync(web, { recursive: true, encoding: 'utf8' }).filter(
      (file) =>
        /\.(tsx?|html|css|js)$/.test(file) && !/^(words|dist|node_modules)\/|\.test\.tsx?$/.test(file),
    );
    expect(files.length).toBeGreaterThan(30);
    for (const file of files) {
      expect(readFileSync(join(web, file), 'utf8'), file).not.toMatch(/\p{Script=Han}/u);
    }
  });
});
