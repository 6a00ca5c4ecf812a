import { services } from '@time-bank/care/service';
import { describe, expect, it } from 'vitest';
import { NoticeKind } from '@time-bank/contracts/notice';
import { SMS_CHARACTERS_MAX, noticeWords, smsSignature, whenWords } from '@time-bank/contracts/notice-words';
import { noticeTraits } from '@time-bank/contracts/notices';

const longest = Object.values(services)
  .map(({ words }) => words)
  .sort((one, other) => other['zh-Hans'].length - one['zh-Hans'].length)[0];
const startAt = '2026-12-20T15:45:00.000Z';

describe.each(NoticeKind.options)('%s', (kind) => {
  const facts = { startAt, ...(longest === undefined ? {} : { service: longest }) };
  const { short, long } = noticeWords(kind, facts);

  it('is one text message in Chinese, with the longest name of a service', () => {
    for (const locale of ['zh-Hans', 'zh-Hant'] as const) {
      expect(`${smsSignature}${short[locale]}`.length, short[locale]).toBeLessThanOrEqual(SMS_CHARACTERS_MAX);
    }
  });

  it('says something in all three languages, and leaves no gap open', () => {
    for (const words of [short, long]) {
      for (const sentence of Object.values(words)) expect(sentence).toMatch(/^[^{}]{6,}$/);
      expect(new Set([words['zh-Hans'], words.en]).size).toBe(2);
      expect(words.en).not.toMatch(/\p{Script=Han}/u);
    }
  });

  it('names nobody and no place, and says what it can without a request', () => {
    const bare = noticeWords(kind, {});
    expect(Object.values(bare.long).join('')).not.toMatch(/[{}]|undefined/);
    expect(noticeTraits[kind].group).toBeDefined();
  });
});

it('says when as people in China do', () => {
  expect(whenWords('2026-11-22T01:05:00.000Z')).toEqual({
    'zh-Hans': '11月22日(周日)9:05',
    'zh-Hant': '11月22日(週日)9:05',
    en: 'Sun 22 Nov, 9:05',
  });
  expect(whenWords('2026-12-31T16:00:00.000Z')['zh-Hans']).toBe('1月1日(周五)0:00');
});
