/** Asks every route as everybody, and tells what the API made of it. */
import { randomUUID } from 'node:crypto';
import { makeApp } from '@time-bank/api/app';
import type { AuditEvent } from '@time-bank/desk/audit-event';
import type { MemberId } from '@time-bank/contracts/ids';
import { DocumentNumber } from '@time-bank/contracts/ledger';
import type { Member } from '@time-bank/contracts/member';
import { isStaffRole, type RoleGrant } from '@time-bank/contracts/role';
import { actions } from '@time-bank/identity/rules';
import { FAR_AWAY, HOME, type Town } from '../town.ts';
import type { Message } from '../walks/messages.ts';
import { type Asker, type Place, askers } from './cells.ts';

/** What the API made of one message. */
export interface Asked {
  status: number;
  /** The refusal of authority that stands in the log, or `allowed`. */
  answer: string;
  /** The whole answer, without what is of this one call alone. */
  bytes: string;
  events: AuditEvent[];
}

type Signer = Pick<Member, 'memberId' | 'roles'>;

const above = { city: 4, province: 2 } as const;

/** Where a role is held: in the home county of all messages, or in another one. */
const regionOf = (asker: Asker, place: Place): string => {
  const away = place === 'foreign';
  if (asker === 'province') return away ? '35' : HOME.slice(0, above.province);
  const community = away ? FAR_AWAY : HOME;
  if (asker === 'city') return community.slice(0, above.city);
  if (asker === 'member' || asker === 'nobody') return community;
  return isStaffRole(asker) || asker === 'donor' ? community.slice(0, 6) : community;
};

/** Ids that nothing has, of the same kind: a ULID of the same moment. */
const missingId = (id: string): string =>
  id.replace(/[0-9A-HJKMNP-TV-Z]{16}$/, () =>
    randomUUID()
      .replaceAll('-', '')
      .slice(0, 16)
      .toUpperCase()
      .replaceAll(/[ILOU]/g, 'X'),
  );

/** Fields by which a message says whom or what it is about. */
const named = [
  'memberId',
  'receiverId',
  'elderId',
  'keepId',
  'dropId',
  'giverId',
  'accountId',
  'lineId',
  'forWhom',
  'card',
] as const;
const alsoNamed: Readonly<Record<string, readonly string[]>> = {
  usePurchase: ['requestId'],
  approvePolicy: ['proposalId'],
};
/** Ids that a message brings along for what it makes. */
const made: Readonly<Record<string, readonly string[]>> = { openOrganisation: ['accountId'] };

const NOWHERE = '999999999999';

const missingValue = (key: string, value: unknown): unknown => {
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([each, inner]) => [each, missingValue(each, inner)]),
    );
  }
  if (typeof value !== 'string') return value;
  if (/region|community/i.test(key)) return NOWHERE.slice(0, value.length);
  return /^[a-z]{3}_/.test(value) && !/^(ses|cmd|trf)_/.test(value) ? missingId(value) : value;
};

/** The same message about what is not there. */
const aboutMissing = ({ route, path, body, ...message }: Message): Message => {
  const keys: readonly string[] = [
    ...named,
    ...(alsoNamed[route.operationId] ?? []),
    'region',
    'communityCode',
  ];
  const isNamed = (key: string) => keys.includes(key) && made[route.operationId]?.includes(key) !== true;
  const url = new URL(`http://localhost${path}`);
  const steps = url.pathname.split('/').map((step, index) => {
    const isParameter = route.path.split('/')[index]?.startsWith('{') === true;
    if (!isParameter) return step;
    return /^[a-z]{3}_/.test(step) ? missingId(step) : 'CG-1999-0001';
  });
  for (const [key, value] of url.searchParams) {
    if (key === 'phone') url.searchParams.set(key, '19900000000');
    else url.searchParams.set(key, String(missingValue(key, value)));
  }
  return {
    ...message,
    route,
    path: `${steps.join('/')}${url.search}`,
    ...(body === undefined
      ? {}
      : {
          body: Object.fromEntries(
            Object.entries(body).map(([key, value]) => [
              key,
              isNamed(key)
                ? /^(trf|cmd)_/.test(String(value))
                  ? missingId(String(value))
                  : missingValue(key, value)
                : value,
            ]),
          ),
        }),
  };
};

const isAction = (name: string): boolean => actions.some((action) => action === name);

/** Everybody who asks, and a way to ask as each. */
export const everybodyIn = async (town: Town) => {
  const events: AuditEvent[] = [];
  const auditLog = {
    ...town.ports.auditLog,
    append: (event: AuditEvent): Promise<void> => {
      events.push(event);
      return Promise.resolve();
    },
  };
  const app = makeApp({ ...town.deps, ports: { ...town.ports, auditLog } });
  const people = new Map<string, Signer>();
  for (const place of ['own', 'foreign'] as const) {
    for (const asker of askers) {
      if (asker === 'nobody') continue;
      const { memberId } = await town.anElder({ communityCode: place === 'own' ? HOME : FAR_AWAY });
      const roles: RoleGrant[] = asker === 'member' ? [] : [{ role: asker, region: regionOf(asker, place) }];
      people.set(`${asker} ${place}`, { memberId, roles });
    }
  }

  /** Binds somebody to the one whom a message is about, with every scope; gives the binding's id. */
  const bindTo = async (
    elderId: MemberId,
    helperId: MemberId,
    kind: 'family_proxy' | 'guardian',
  ): Promise<string> => {
    const kept = await town.ports.personFiles.listNow('binding', elderId);
    const before = kept.find(({ otherId, state }) => otherId === helperId && state === 'bound');
    if (before !== undefined) return before.fileId;
    const fileId = town.ids.file();
    await town.ports.personFiles.put({
      kind: 'binding',
      memberId: elderId,
      fileId,
      version: 1,
      at: town.now(),
      state: 'bound',
      otherId: helperId,
      terms: {
        kind,
        scopes: ['order', 'confirm', 'see_balance', 'spend'],
        spendMinutesMax: 6_000,
        until: '2027-11-20',
        document: DocumentNumber.parse('JH-2026-0001'),
        proof: '户口簿',
      },
      proposedBy: helperId,
      spentMinutes: 0,
    });
    return fileId;
  };

  /** Whom a message is about. */
  const ownerOf = async ({ path, body }: Message): Promise<MemberId | undefined> => {
    const requestId = /\/requests\/(req_\w+)/.exec(path)?.[1];
    if (requestId !== undefined) {
      return (await town.ports.careBook.readRequestNow(requestId as never))?.request.receiverId;
    }
    const [, list, caseId] = /\/(emergencies|series)\/(cmd_\w+)/.exec(path) ?? [];
    if (caseId !== undefined) {
      const kind = list === 'series' ? 'series' : 'emergency';
      return (await town.ports.caseBook.readNow(kind, caseId as never))?.elderId;
    }
    const said = JSON.stringify({ ...body, helperId: undefined });
    return (/mem_\w{26}/.exec(path) ?? /mem_\w{26}/.exec(said))?.[0] as MemberId | undefined;
  };

  const whoAsks = (asker: Asker, place: Place, path: string): Signer | undefined => {
    const signer = people.get(`${asker} ${place === 'foreign' ? 'foreign' : 'own'}`);
    const account = /acc_\w+/.exec(path)?.[0];
    if (signer === undefined || asker !== 'organisation' || place !== 'own' || account === undefined)
      return signer;
    const roles = signer.roles.map((role) => ({ ...role, organisationId: account as never }));
    return { ...signer, roles };
  };

  const send = async (who: Signer | undefined, { method, path, body: content }: Message): Promise<Asked> => {
    events.length = 0;
    const body = content === undefined ? undefined : JSON.stringify(content);
    const response = await app.request(`http://localhost${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(who === undefined ? {} : await town.headersOf(who, { method, path, body })),
      },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    // Who was granted something has acted in a capacity; a refusal of authority has none.
    const refusal = events.find(
      ({ outcome, as, action }) => outcome === 'refused' && as === undefined && isAction(action),
    );
    const code = /"code":"(\w+)"/.exec(text)?.[1];
    const isClosed = response.status === 401 && code === 'not_signed_in';
    return {
      status: response.status,
      answer: isClosed ? 'not_signed_in' : (refusal?.code ?? 'allowed'),
      bytes: JSON.stringify([
        response.status,
        [...response.headers.entries()].filter(([name]) => name !== 'date'),
        text.replace(/"errorId":"\w+"/, ''),
      ]),
      events: [...events],
    };
  };

  return {
    /** Sends a message as somebody; `place` as in the cell. */
    ask: async (asker: Asker, place: Place, message: Message): Promise<Asked> => {
      const who = whoAsks(asker, place, message.path);
      if ((asker === 'family_proxy' || asker === 'guardian') && place === 'own' && who !== undefined) {
        const elderId = await ownerOf(message);
        if (elderId !== undefined) {
          const bindingId = await bindTo(elderId, who.memberId, asker);
          // A helper's own binding is theirs, the one of another helper is not.
          return send(who, {
            ...message,
            path: message.path.replace(/(?<=\/bindings\/)fil_\w+(?=\/end$)/, bindingId),
          });
        }
      }
      return send(who, place === 'missing' ? aboutMissing(message) : message);
    },
    /** Asks about what is not there, as somebody from elsewhere. */
    askNowhere: (asker: Asker, message: Message): Promise<Asked> =>
      send(whoAsks(asker, 'foreign', message.path), aboutMissing(message)),
  };
};
