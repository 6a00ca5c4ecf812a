// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { LocationProvider } from 'preact-iso/router';
import { useState } from 'preact/hooks';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Answer } from './answer.ts';
import { useCommand } from './use-command.ts';

const Form = ({
  send,
  onDone,
}: {
  send: (id: string, content: string) => Promise<Answer<string>>;
  onDone: (value: string) => void;
}) => {
  const [content, setContent] = useState('first');
  const command = useCommand({ slot: 'test', prefix: 'cmd', send, onDone });
  return (
    <>
      <input
        aria-label="content"
        value={content}
        onInput={(event) => {
          setContent(event.currentTarget.value);
        }}
      />
      <button
        type="button"
        onClick={() => {
          command.submit(content);
        }}
      >
        send
      </button>
      <output>{command.failure?.kind ?? (command.sending ? 'sending' : 'ready')}</output>
    </>
  );
};

const shown = (send: (id: string, content: string) => Promise<Answer<string>>, onDone = vi.fn()) => {
  render(
    <LocationProvider>
      <Form send={send} onDone={onDone} />
    </LocationProvider>,
  );
  return onDone;
};

const press = () => fireEvent.click(screen.getByRole('button'));
const lost: Answer<string> = { kind: 'unreachable' };
const done: Answer<string> = { kind: 'done', value: 'ok' };

describe('a command', () => {
  beforeEach(() => {
    localStorage.clear();
  });
  afterEach(cleanup);

  it('is sent again with the same id after a lost answer, also on a page opened anew', async () => {
    const send = vi.fn().mockResolvedValueOnce(lost).mockResolvedValue(done);
    shown(send);
    press();
    await screen.findByText('unreachable');
    cleanup();
    const onDone = shown(send);
    press();
    await waitFor(() => {
      expect(onDone).toHaveBeenCalledWith('ok');
    });
    expect(send.mock.calls[1]?.[0]).toBe(send.mock.calls[0]?.[0]);
  });

  it('gets a new id when what it says was changed', async () => {
    const send = vi.fn().mockResolvedValue(lost);
    shown(send);
    press();
    await screen.findByText('unreachable');
    fireEvent.input(screen.getByLabelText('content'), { target: { value: 'second' } });
    press();
    await waitFor(() => {
      expect(send).toHaveBeenCalledTimes(2);
    });
    expect(send.mock.calls[1]?.[0]).not.toBe(send.mock.calls[0]?.[0]);
  });

  it('is sent once when the button is pressed twice', async () => {
    const send = vi.fn().mockResolvedValue(done);
    const onDone = shown(send);
    press();
    press();
    await waitFor(() => {
      expect(onDone).toHaveBeenCalled();
    });
    expect(send).toHaveBeenCalledOnce();
  });

  it('is forgotten when it is done, and when it is refused for good', async () => {
    const refusal = { kind: 'refused', refusal: { code: 'request_not_open' } } as const;
    const send = vi.fn().mockResolvedValueOnce(refusal).mockResolvedValue(done);
    const onDone = shown(send);
    press();
    await screen.findByText('refused');
    expect(localStorage.getItem('time-bank.command.test')).toBeNull();
    press();
    await waitFor(() => {
      expect(onDone).toHaveBeenCalled();
    });
    expect(localStorage.getItem('time-bank.command.test')).toBeNull();
  });

  it('is kept, and leads to the sign-in, where nobody is signed in', async () => {
    const send = vi.fn().mockResolvedValue({ kind: 'refused', refusal: { code: 'sign_in_expired' } });
    shown(send);
    press();
    await waitFor(() => {
      expect(location.pathname).toBe('/sign-in');
    });
    expect(localStorage.getItem('time-bank.command.test')).not.toBeNull();
  });
});
