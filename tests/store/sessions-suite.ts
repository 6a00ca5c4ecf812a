/** What every keeper of sessions does. */
import { plusMinutes } from '@time-bank/contracts/time';
import type { Session } from '@time-bank/desk/ports';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MakeStore, NOW, type TestStore } from './store.ts';

export const describeSessions = (name: string, makeStore: MakeStore): void => {
  describe(`sessions, ${name}`, () => {
    let store: TestStore;
    beforeAll(async () => {
      store = await makeStore();
    });
    afterAll(async () => {
      await store.stop();
    });

    const aSession = (change: Partial<Session> = {}): Session => ({
      sessionId: store.ids.session(),
      memberId: store.ids.member(),
      factor: 'code',
      isStaff: false,
      authority: 0,
      startedAt: NOW,
      lastUsedAt: NOW,
      idleEndsAt: plusMinutes(NOW, 60),
      endsAt: plusMinutes(NOW, 600),
      refreshHash: 'first',
      ...change,
    });
    const started = async (change: Partial<Session> = {}): Promise<Session> => {
      const session = aSession(change);
      await store.ports.sessions.start(session);
      return session;
    };
    const asNow = ({ memberId, sessionId }: Session) => store.ports.sessions.readNow(memberId, sessionId);
    const end = (
      { memberId, sessionId }: Session,
      reason: NonNullable<Session['endReason']> = 'signed_out',
    ) => store.ports.sessions.end(memberId, sessionId, { at: NOW, reason });

    it('are given back as they began, with everything that they can have', async () => {
      const plain = await started();
      const full = await started({
        factor: 'passkey',
        isStaff: true,
        deviceKey: 'thumbprint',
        spendsFrom: NOW,
        previousHash: 'before',
        graceEndsAt: NOW,
        endedAt: NOW,
        endReason: 'token_reused',
      });
      expect(await asNow(plain)).toEqual(plain);
      expect(await asNow(full)).toEqual(full);
      expect(await asNow({ ...plain, memberId: full.memberId })).toBeUndefined();
    });

    it('begin once: a second beginning under the same id changes nothing', async () => {
      const session = await started();
      await store.ports.sessions.start({ ...session, refreshHash: 'another' });
      expect(await asNow(session)).toEqual(session);
    });

    it('of a person are listed newest first, those that ended among them', async () => {
      const memberId = store.ids.member();
      const first = await started({ memberId });
      const second = await started({ memberId });
      await started();
      await end(first);
      const listed = await store.ports.sessions.listNow(memberId);
      expect(listed.map(({ sessionId, endReason }) => [sessionId, endReason])).toEqual([
        [second.sessionId, undefined],
        [first.sessionId, 'signed_out'],
      ]);
    });

    it('go on with a new refresh token from the one that is good, and from no other', async () => {
      const session = await started();
      const { rotate } = store.ports.sessions;
      const next = { ...session, refreshHash: 'second', previousHash: 'first', graceEndsAt: NOW };
      expect(await rotate(next, 'guessed')).toBe(false);
      expect(await rotate(next, 'first')).toBe(true);
      expect(await asNow(session)).toEqual(next);
      expect(await rotate({ ...next, refreshHash: 'third' }, 'first')).toBe(false);
      expect(await rotate(aSession(), 'first')).toBe(false);
    });

    it('of two tabs that renew in the same moment one does', async () => {
      const session = await started();
      const renewed = await Promise.all(
        Array.from({ length: 8 }, (_, n) =>
          store.ports.sessions.rotate({ ...session, refreshHash: `next ${String(n)}` }, 'first'),
        ),
      );
      expect(renewed.filter((each) => each)).toHaveLength(1);
    });

    it('end once, and the first reason stays', async () => {
      const session = await started();
      expect(await end(session, 'ended_by_member')).toBe(true);
      expect(await end(session)).toBe(false);
      expect(await end(aSession())).toBe(false);
      expect(await asNow(session)).toEqual({ ...session, endedAt: NOW, endReason: 'ended_by_member' });
    });

    it('that have ended do not go on, whoever holds the good token', async () => {
      const session = await started();
      await end(session, 'token_reused');
      const next = { ...session, refreshHash: 'second' };
      expect(await store.ports.sessions.rotate(next, 'first')).toBe(false);
      expect(await asNow(session)).toMatchObject({ refreshHash: 'first', endReason: 'token_reused' });
    });

    it('that end while they are renewed are ended afterwards, either way', async () => {
      const sessions = await Promise.all(Array.from({ length: 6 }, () => started()));
      await Promise.all(
        sessions.flatMap((session) => [
          store.ports.sessions.rotate({ ...session, refreshHash: 'second' }, 'first'),
          end(session, 'ended_by_staff'),
        ]),
      );
      for (const session of sessions) expect(await asNow(session)).toMatchObject({ endedAt: NOW });
    });
  });
};
