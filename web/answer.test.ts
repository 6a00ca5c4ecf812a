import { refusalCodes } from '@time-bank/contracts/refusals';
import { describe, expect, it } from 'vitest';
import { isSignInMissing, refusalIn, sentenceOf } from './answer.ts';
import { isFinal, isWorthRepeating } from './command-failure.ts';
import { en } from './words/en.ts';
import { tasksZhHans } from './words/tasks-zh-hans.ts';
import { zhHans } from './words/zh-hans.ts';
import { zhHant } from './words/zh-hant.ts';

const words = { ...zhHans, ...tasksZhHans };

describe('a refusal', () => {
  it.each(refusalCodes)('%s has a sentence in every language', (code) => {
    for (const catalogue of [words, zhHant, en]) {
      const sentence = sentenceOf(catalogue, { kind: 'refused', refusal: { code } });
      expect(sentence.length).toBeGreaterThan(3);
      expect(sentence).not.toContain('undefined');
    }
  });

  it('tells what is there and what is needed', () => {
    const refusal = refusalIn({
      error: { code: 'insufficient_hours', message: '', availableMinutes: 30, neededMinutes: 90 },
    });
    expect(sentenceOf(words, { kind: 'refused', refusal })).toBe(
      '时间不够：要用1小时30分，现在可用30分钟。请选少一点。',
    );
  });

  it('tells how many tries are left', () => {
    const refusal = refusalIn({ error: { code: 'visit_code_incorrect', message: '', triesLeft: 1 } });
    expect(sentenceOf(en, { kind: 'refused', refusal })).toContain('1 try left');
  });

  it('names the fields that are not right, as far as they make sense', () => {
    const details = [{ property: 'note', message: 'Too big' }, { message: 'x' }, 'y'];
    const refusal = refusalIn({ error: { code: 'invalid_fields', message: '', details } });
    expect(refusal.details).toEqual([{ property: 'note', message: 'Too big' }]);
    expect(refusalIn({ error: { code: 'invalid_fields', details: 'x' } }).details).toBeUndefined();
  });

  it('that makes no sense is one of ours', () => {
    for (const body of [undefined, null, 'x', {}, { error: 1 }, { error: { code: 1 } }]) {
      expect(refusalIn(body).code).toBe('internal');
    }
    const unknown = refusalIn({ error: { code: 'of_a_later_edition' } });
    expect(sentenceOf(words, { kind: 'refused', refusal: unknown })).toBe(
      sentenceOf(words, { kind: 'refused', refusal: { code: 'internal' } }),
    );
  });
});

describe('after a failure', () => {
  it('a lost connection and a busy service are worth another try with the same id', () => {
    expect(isWorthRepeating({ kind: 'unreachable' })).toBe(true);
    expect(isFinal({ kind: 'unreachable' })).toBe(false);
    expect(isFinal({ kind: 'refused', refusal: { code: 'busy_try_again' } })).toBe(false);
  });

  it('a missing sign-in keeps the command for later', () => {
    const failure = { kind: 'refused', refusal: { code: 'sign_in_expired' } } as const;
    expect(isSignInMissing(failure)).toBe(true);
    expect(isFinal(failure)).toBe(false);
  });

  it('a rule that says no ends the command', () => {
    expect(isFinal({ kind: 'refused', refusal: { code: 'insufficient_hours' } })).toBe(true);
  });
});
