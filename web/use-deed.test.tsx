// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { LocationProvider } from 'preact-iso/router';
import { afterEach, expect, it, vi } from 'vitest';
import type { Answer } from './answer.ts';
import { useDeed } from './use-deed.ts';

const lost: Answer<string> = { kind: 'unreachable' };

const Form = ({ send }: { send: (id: string, content: string) => Promise<Answer<string>> }) => {
  const deed = useDeed({ prefix: 'fil', send, onDone: () => undefined });
  return (
    <>
      <button
        type="button"
        onClick={() => {
          deed.submit('4821');
        }}
      >
        send
      </button>
      <output>{deed.failure?.kind ?? (deed.sending ? 'sending' : 'ready')}</output>
    </>
  );
};

afterEach(cleanup);

it('what must not stay on the device goes out with the same id until it is done, and is kept nowhere', async () => {
  localStorage.clear();
  const done: Answer<string> = { kind: 'done', value: '' };
  const answers = [lost, done, done];
  const send = vi.fn((_id: string, _content: string) => Promise.resolve(answers.shift() ?? lost));
  render(
    <LocationProvider>
      <Form send={send} />
    </LocationProvider>,
  );
  const press = () => fireEvent.click(screen.getByRole('button'));
  press();
  await screen.findByText('unreachable');
  expect(
    Object.keys(localStorage)
      .map((name) => localStorage.getItem(name))
      .join(),
  ).not.toContain('4821');
  press();
  await screen.findByText('ready');
  press();
  await waitFor(() => {
    expect(send).toHaveBeenCalledTimes(3);
  });
  const ids = send.mock.calls.map(([id]) => id);
  expect(ids[0]).toMatch(/^fil_/);
  expect(ids[1]).toBe(ids[0]);
  expect(ids[2]).not.toBe(ids[0]);
});
