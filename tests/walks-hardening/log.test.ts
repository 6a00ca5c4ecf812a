/** What the log says where somebody writes into a call what is meant for the log: lines, colours, numbers, names. */
import { makeApp } from '@time-bank/api/app';
import { writeLog } from '@time-bank/api/log';
import { routes } from '@time-bank/contracts/routes';
import { Unavailable } from '@time-bank/desk/ports';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Town, startTown } from '../town.ts';

let town: Town;
beforeAll(async () => {
  town = await startTown();
});
afterAll(async () => {
  await town.stop();
});

/** Stands in everything that is sent; nothing of it may be found again. */
const MARK = 'zqxj13800001111';
const attacks = [
  `${MARK}\n{"event":"signed_in"}`,
  `${MARK}\r\n2026-11-21 INFO all is well`,
  `${MARK}","event":"forged","x":"`,
  `\u001b[2J\u001b[31m${MARK}\u0007`,
  `${MARK}\u0000\u0085\u2028\u202e`,
  `\${jndi:ldap://${MARK}/a}`,
  `%0d%0a${MARK}`,
  `<script>${MARK}</script>`,
];

const anything = (path: string, attack: string): string =>
  path.replaceAll(/\{\w+\}/g, encodeURIComponent(attack));

/** Sends an attack in every place of a message to a route. */
const attackWith = async (
  app: Town['app'],
  route: (typeof routes)[number],
  attack: string,
  token: string,
) => {
  const method = route.method.toUpperCase();
  const path = anything(route.path, attack);
  const body = JSON.stringify({
    [attack]: attack,
    phone: attack,
    note: attack,
    name: attack,
    reason: attack,
  });
  const safe = encodeURIComponent(attack);
  await app.request(`http://localhost${path}?cursor=${safe}&community=${safe}&${safe}=1`, {
    method,
    headers: {
      Authorization: `Bearer ${token}`,
      'Content-Type': 'application/json',
      'User-Agent': safe,
      Referer: `https://example.org/${safe}`,
      Cookie: `session=${safe}`,
      'X-Request-Id': safe,
    },
    ...(method === 'POST' ? { body } : {}),
  });
};

const linesHold = () => town.log.map((line) => JSON.stringify(line));

describe('a line of the log', () => {
  it('has nothing of what a caller has written, when the store does not answer', async () => {
    const away = () => Promise.reject(new Unavailable(`the store does not answer ${MARK}`));
    const broken = new Proxy({}, { get: () => away }) as never;
    const { clock, ids } = town.ports;
    const names = Object.keys(town.ports).filter((name) => !['clock', 'ids'].includes(name));
    const ports = { ...Object.fromEntries(names.map((name) => [name, broken])), clock, ids } as never;
    const app = makeApp({ ...town.deps, ports, tablesAnswer: away });
    const token = await town.tokenOf(await town.anElder());
    const before = town.log.length;
    for (const route of routes) for (const attack of attacks) await attackWith(app, route, attack, token);
    expect(town.log.length).toBeGreaterThan(before + attacks.length);
    for (const line of linesHold()) {
      expect(line).not.toContain(MARK);
      expect(line).not.toMatch(/jndi|forged|script|\\u001b|\\n\{/);
    }
  });

  it('has nothing of it when something breaks', async () => {
    const bug = () => Promise.reject(new TypeError(`cannot read ${MARK}\n    at ${MARK} (evil.ts:1:1)`));
    const broken = new Proxy({}, { get: () => bug }) as never;
    const { clock, ids } = town.ports;
    const names = Object.keys(town.ports).filter((name) => !['clock', 'ids', 'rateLimits'].includes(name));
    const ports = { ...town.ports, ...Object.fromEntries(names.map((name) => [name, broken])), clock, ids };
    const app = makeApp({ ...town.deps, ports: ports, tablesAnswer: bug });
    const token = await town.tokenOf(await town.anElder());
    const before = town.log.length;
    for (const route of routes) for (const attack of attacks) await attackWith(app, route, attack, token);
    expect(town.log.length).toBeGreaterThan(before);
    for (const line of linesHold()) expect(line).not.toContain(MARK);
  });

  it('is one line of JSON, whatever is in it', () => {
    const written: string[] = [];
    const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      written.push(String(text));
      return true;
    });
    try {
      for (const attack of attacks) writeLog({ event: 'test', [attack]: attack });
    } finally {
      stdout.mockRestore();
    }
    expect(written).toHaveLength(attacks.length);
    for (const [n, line] of written.entries()) {
      // eslint-disable-next-line no-control-regex -- what must not be there
      expect(line).toMatch(/^[^\u0000-\u001f\u0085\u2028\u2029]+\n$/);
      expect(JSON.parse(line)).toEqual({ event: 'test', [attacks[n]!]: attacks[n] });
    }
  });
});
