/**
 * Everything the pages ask the service, one function a route. The session is a cookie that no script can read;
 * commands carry a header of their own, which pages of other origins cannot send.
 */
import type { Balance, StatementPage } from '@time-bank/contracts/account';
import type { CandidateList } from '@time-bank/contracts/candidate';
import type { CoverageWeek } from '@time-bank/contracts/coverage';
import type { ElderRow, Gender, Language, Me, Role } from '@time-bank/contracts/member';
import type { Region } from '@time-bank/contracts/region';
import type { Receipt, RequestPage, RequestScope, RequestView, ServiceCode } from '@time-bank/contracts/request';
import { type Answer, refusalIn } from './answer.ts';

const PATIENCE_MS = 20_000;

const fetched = async (path: string, init: RequestInit): Promise<Response> => {
  const early = init.method === 'GET' ? window.early?.[path] : undefined;
  if (early !== undefined) {
    Reflect.deleteProperty(window.early ?? {}, path);
    return early;
  }
  const patience = new AbortController();
  const timer = setTimeout(() => {
    patience.abort();
  }, PATIENCE_MS);
  try {
    return await fetch(path, { ...init, credentials: 'same-origin', signal: patience.signal });
  } finally {
    clearTimeout(timer);
  }
};

const ask = async <Value>(path: string, init: RequestInit): Promise<Answer<Value>> => {
  try {
    const response = await fetched(path, init);
    const body: unknown = response.status === 204 ? undefined : await response.json();
    // eslint-disable-next-line @typescript-eslint/consistent-type-assertions
    if (response.ok) return { kind: 'done', value: body as Value };
    return { kind: 'refused', refusal: refusalIn(body) };
  } catch {
    return { kind: 'unreachable' };
  }
};

const read = <Value>(path: string, query: Record<string, string | undefined> = {}): Promise<Answer<Value>> => {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, value);
  const text = search.toString();
  return ask(text === '' ? path : `${path}?${text}`, { method: 'GET' });
};

const command = <Value>(path: string, body: object = {}): Promise<Answer<Value>> =>
  ask(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Time-Bank': 'web' },
    body: JSON.stringify(body),
  });

/** What is wanted, whoever asks for it. Without `place` it is the receiver's home. */
export interface Wanted {
  serviceCode: ServiceCode;
  plannedStartAt: string;
  plannedMinutes: number;
  wishes: { languages: Language[]; gender?: Gender };
  place?: { address: string };
  note?: string;
}

const ofRequest = (requestId: string): string => `/api/requests/${encodeURIComponent(requestId)}`;

export const client = {
  askForCode: (phone: string) =>
    command<{ challengeId: string; expiresAt: string }>('/api/sign-in/codes', { phone }),
  signIn: (challengeId: string, code: string) =>
    command<{ roles: Role[] }>('/api/sign-in', { challengeId, code }),
  signOut: () => command<undefined>('/api/sign-out'),
  readMe: () => read<Me>('/api/me'),
  readBalance: () => read<Balance>('/api/account'),
  listEntries: (cursor?: string) => read<StatementPage>('/api/account/entries', { cursor }),
  listRequests: (scope: RequestScope, cursor?: string) => read<RequestPage>('/api/requests', { scope, cursor }),
  readRequest: (requestId: string) => read<RequestView>(ofRequest(requestId)),
  listCandidates: (requestId: string) => read<CandidateList>(`${ofRequest(requestId)}/candidates`),
  listCommunities: () => read<{ items: Region[] }>('/api/communities'),
  listElders: (community?: string) => read<{ items: ElderRow[] }>('/api/elders', { community }),
  readCoverage: (week?: string, community?: string) =>
    read<CoverageWeek>('/api/coverage', { week, community }),
  redeemHours: (requestId: string, wanted: Wanted) =>
    command<Receipt>('/api/redemptions', { requestId, ...wanted }),
  postRequest: (requestId: string, wanted: Wanted & { receiverId: string }) =>
    command<Receipt>('/api/requests', { requestId, ...wanted }),
  accept: (requestId: string, visitId: string) => command<Receipt>(`${ofRequest(requestId)}/accept`, { visitId }),
  checkIn: (requestId: string, commandId: string, code: string) =>
    command<Receipt>(`${ofRequest(requestId)}/check-in`, { commandId, code }),
  checkOut: (requestId: string, commandId: string) =>
    command<Receipt>(`${ofRequest(requestId)}/check-out`, { commandId }),
  confirm: (requestId: string, transferId: string) =>
    command<Receipt>(`${ofRequest(requestId)}/confirm`, { transferId }),
  cancel: (requestId: string, commandId: string, reason: string) =>
    command<Receipt>(`${ofRequest(requestId)}/cancel`, { commandId, reason }),
};
