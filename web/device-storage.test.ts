// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { forget, forgetPerson, keep, recall, recallRecord } from './device-storage.ts';

describe('what the device remembers', () => {
  beforeEach(() => {
    localStorage.clear();
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('is there until it is forgotten', () => {
    keep('community', '1');
    expect(recall('community')).toBe('1');
    forget('community');
    expect(recall('community')).toBeUndefined();
  });

  it('loses the person at sign-out, but not how the page looks', () => {
    for (const name of ['size', 'locale', 'balance', 'signed-in', 'draft.redeem']) keep(name, 'x');
    localStorage.setItem('of-someone-else', 'x');
    forgetPerson();
    expect(Object.keys(localStorage).sort()).toEqual([
      'of-someone-else',
      'time-bank.locale',
      'time-bank.size',
    ]);
  });

  it('lasts as long as the page where the browser refuses storage', () => {
    const refuse = () => {
      throw new Error('refused');
    };
    vi.stubGlobal('localStorage', { getItem: refuse, setItem: refuse, removeItem: refuse });
    keep('balance', '{"availableMinutes":1}');
    keep('locale', 'en');
    expect(recallRecord('balance')).toEqual({ availableMinutes: 1 });
    forgetPerson();
    expect(recall('balance')).toBeUndefined();
    expect(recall('locale')).toBe('en');
  });
});
