// @vitest-environment happy-dom
import { RequestId } from '@time-bank/contracts/ids';
import { beforeEach, describe, expect, it } from 'vitest';
import { forgetCommand, keepCommand } from './kept-command.ts';

describe('a kept command', () => {
  beforeEach(() => {
    localStorage.clear();
  });

  it('has an id that the service accepts', () => {
    expect(RequestId.safeParse(keepCommand('redeem', 'req', {})).success).toBe(true);
  });

  it('keeps its id before it is sent', () => {
    const id = keepCommand('redeem', 'req', { plannedMinutes: 60 });
    expect(localStorage.getItem('time-bank.command.redeem')).toContain(id);
  });

  it('is sent again with the same id when the content is the same', () => {
    const content = { plannedMinutes: 60, note: 'a' };
    expect(keepCommand('redeem', 'req', content)).toBe(keepCommand('redeem', 'req', { ...content }));
  });

  it('gets a new id when the content was edited', () => {
    expect(keepCommand('redeem', 'req', { plannedMinutes: 60 })).not.toBe(
      keepCommand('redeem', 'req', { plannedMinutes: 90 }),
    );
  });

  it('gets a new id after it was forgotten', () => {
    const first = keepCommand('redeem', 'req', {});
    forgetCommand('redeem');
    expect(keepCommand('redeem', 'req', {})).not.toBe(first);
  });

  it('is not mixed up with the command of another button', () => {
    expect(keepCommand('accept.one', 'vis', null)).not.toBe(keepCommand('accept.other', 'vis', null));
  });

  it('does not trust what is written over it', () => {
    localStorage.setItem('time-bank.command.redeem', '{"id":"cmd_1","content":"{}"}');
    expect(keepCommand('redeem', 'req', {})).toMatch(/^req_/);
    localStorage.setItem('time-bank.command.redeem', 'not json');
    expect(keepCommand('redeem', 'req', {})).toMatch(/^req_/);
  });
});
