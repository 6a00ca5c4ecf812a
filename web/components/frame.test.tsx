// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { LocationProvider } from 'preact-iso/router';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keep, recall } from '../device-storage.ts';
import { LanguageProvider, loadCatalogue } from '../language.tsx';
import { Frame } from './frame.tsx';

describe('signing out', () => {
  const open = () => {
    history.replaceState(null, '', '/visits');
    render(
      <LocationProvider>
        <LanguageProvider>
          <Frame>
            <main />
          </Frame>
        </LanguageProvider>
      </LocationProvider>,
    );
  };
  const answerWith = (status: number, code?: string) => {
    vi.stubGlobal('fetch', () =>
      Promise.resolve(
        new Response(code === undefined ? null : JSON.stringify({ error: { code, message: '' } }), {
          status,
        }),
      ),
    );
  };

  beforeEach(() => {
    localStorage.clear();
    keep('signed-in', '10000000009');
    keep('balance', '{}');
  });
  afterEach(() => {
    cleanup();
    vi.unstubAllGlobals();
    localStorage.clear();
  });

  it.each([
    ['the service has ended the session', 204, undefined],
    ['there was none any more', 401, 'sign_in_expired'],
  ])('forgets the person and leads to the sign-in when %s', async (_when, status, code) => {
    answerWith(status, code);
    open();
    fireEvent.click(screen.getByRole('button', { name: '退出登录' }));
    expect(recall('signed-in')).toBe('10000000009');
    await waitFor(() => {
      expect(location.pathname).toBe('/sign-in');
    });
    expect(recall('signed-in')).toBeUndefined();
    expect(recall('balance')).toBeUndefined();
    expect(screen.queryByRole('button', { name: '退出登录' })).toBeNull();
  });

  it.each([
    ['zh-Hans', '退出登录', '! 还没有退出登录。 没有连上网。请看看网络，再试一次。'],
    ['zh-Hant', '退出登入', '! 還沒有退出登入。 沒有連上網。請看看網路，再試一次。'],
    ['en', 'Sign out', '! You are still signed in. We could not connect. Check the network, then try again.'],
  ] as const)('says without a network that one is still signed in: %s', async (locale, name, sentence) => {
    vi.stubGlobal('fetch', () => Promise.reject(new Error('no network')));
    keep('locale', locale);
    await loadCatalogue(locale);
    open();
    fireEvent.click(screen.getByRole('button', { name }));
    expect((await screen.findByRole('alert')).textContent).toBe(sentence);
    expect(recall('signed-in')).toBe('10000000009');
    expect(location.pathname).toBe('/visits');

    answerWith(204);
    fireEvent.click(screen.getByRole('button', { name }));
    await waitFor(() => {
      expect(location.pathname).toBe('/sign-in');
    });
  });

  it('stays signed in where the service is out of order', async () => {
    answerWith(503, 'unavailable');
    await loadCatalogue('zh-Hans');
    open();
    fireEvent.click(screen.getByRole('button', { name: '退出登录' }));
    expect((await screen.findByRole('alert')).textContent).toContain('还没有退出登录。');
    expect(recall('signed-in')).toBe('10000000009');
    expect(screen.getByRole('button', { name: '退出登录' })).toBeTruthy();
  });
});
