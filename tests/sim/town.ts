/** A small town in memory: some people, the decisions of their region, and time that somebody moves. */
import { type AccountId, type IdMaker, type MemberId, accountOf, idMaker } from '@time-bank/contracts/ids';
import { PoolId } from '@time-bank/contracts/ledger';
import { type Member, VisitCode } from '@time-bank/contracts/member';
import { CommunityCode } from '@time-bank/contracts/region';
import { civilDateOf, instantOf } from '@time-bank/contracts/time';
import type { Journal } from '@time-bank/desk/ports';
import type { PolicyBook } from '@time-bank/policy/policy-book';
import type { PolicyDecision } from '@time-bank/policy/policy-change';
import { type Memory, memoryPorts } from '@time-bank/store/memory-ports';
import { papers } from '../papers.ts';
import { Auditor, type Writer } from './auditor.ts';
import type { Chance } from './random.ts';

export const HOME = CommunityCode.parse('341302001003');
export const POOLS = [PoolId.parse('pool:341302'), PoolId.parse('pool:341302001')];
const START = '2026-11-21T02:00:00.000Z';

/** Decisions of the city, in turn: tight ones, so that every cap is met. */
const decisions: readonly PolicyDecision[] = [
  { balanceCapMinutes: 600, dailyCreditMinutesMax: 120, giftYearMinutesMax: 240, creditStepMinutes: 15 },
  { balanceCapMinutes: 900, dailyCreditMinutesMax: 90, giftYearMinutesMax: 180, creditStepMinutes: 1 },
  {
    balanceCapMinutes: 720,
    dailyCreditMinutesMax: 240,
    creditMinimumMinutes: 0,
    reversalShortfall: 'partial',
  },
  { balanceCapMinutes: 600, dailyCreditMinutesMax: 60, giftYearMinutesMax: 480, reversalShortfall: 'debt' },
  { balanceCapMinutes: 1200, dailyCreditMinutesMax: 180, creditStepMinutes: 30, donationAllowed: true },
];

/** Puts something between the store and everybody else, e.g. to break a law on purpose. */
export type Sabotage = (journal: Journal, memory: Memory) => Journal;

/** People, ports and time. */
export class Town {
  readonly memory: Memory;
  readonly ports: ReturnType<typeof memoryPorts>['ports'];
  readonly journal: Journal;
  readonly auditor: Auditor;
  readonly ids: IdMaker;
  /** All books that ever held, the newest last. */
  readonly books: PolicyBook[] = [];
  readonly helpers: Member[] = [];
  readonly elders: Member[] = [];
  coordinator!: Member;
  group!: AccountId;
  nowMs = Date.parse(START);
  /** Who writes just now. */
  writer: Writer | undefined;
  readonly #chance: Chance;

  constructor(chance: Chance, sabotage: Sabotage = (journal) => journal) {
    this.#chance = chance;
    const { ports, memory } = memoryPorts();
    this.ports = ports;
    this.memory = memory;
    this.auditor = new Auditor(memory);
    this.ids = idMaker(() => this.nowMs, chance.next);
    this.journal = this.auditor.hear(
      sabotage(ports.journal, memory),
      () => this.writer ?? this.writerSince(1, this.nowMs, 0),
    );
  }

  /** Who writes, having begun when there were `known` books and it was `beganMs`, with a clock off by `skewMs`. */
  writerSince(known: number, beganMs: number, skewMs: number): Writer {
    const dates = [beganMs, this.nowMs].map((ms) => civilDateOf(instantOf(ms + skewMs)));
    return { books: this.books.slice(Math.max(0, known - 1)), dates };
  }

  async #member(name: string, birthDate: string, roles: Member['roles'][number]['role'][]): Promise<Member> {
    const memberId: MemberId = this.ids.member();
    const member: Member = {
      memberId,
      name,
      birthDate,
      gender: 'female',
      communityCode: HOME,
      address: '和平里1号楼',
      languages: ['cmn'],
      roles: roles.map((role) => ({ role, region: HOME })),
      skills: [],
      freeTimes: [],
      ...(roles.includes('volunteer') ? { volunteering: papers } : {}),
      visitCode: VisitCode.parse(String(this.#chance.below(1_000_000)).padStart(6, '0')),
    };
    await this.ports.people.addMember({
      naturalKey: memberId,
      fingerprint: 'f',
      member,
      at: instantOf(this.nowMs),
    });
    return member;
  }

  /** Publishes the next decision. */
  async decide(): Promise<void> {
    const number = this.books.length === 0 ? 1 : (this.books.at(-1)?.changes.length ?? 0) + 1;
    const values = decisions[(number - 1) % decisions.length] ?? {};
    const at = instantOf(this.nowMs);
    await this.ports.policies.publish({
      number,
      region: '3413',
      values: { holdDaysMax: 1 + (number % 3), ...values },
      validFrom: civilDateOf(at),
      author: 'one',
      approver: 'another',
      publishedAt: at,
      reason: 'a decision of the simulated town',
    });
    const book = await this.ports.policies.readBookNow();
    this.books.push(book);
    this.auditor.book = book;
  }

  /** Lets people in. */
  async begin(): Promise<void> {
    await this.decide();
    await this.ports.regions.put([
      { code: '3413', name: '宿州市' },
      { code: '341302', name: '埇桥区' },
      { code: '341302001', name: '埇桥街道' },
      { code: HOME, name: '东仙桥社区居委会' },
    ]);
    this.coordinator = await this.#member('李协调', '1985-05-01', ['coordinator']);
    for (let count = 0; count < 8; count += 1) {
      this.helpers.push(await this.#member(`王试${String(count)}`, '1960-05-01', ['volunteer', 'resident']));
    }
    for (let count = 0; count < 3; count += 1) {
      this.elders.push(await this.#member(`张老${String(count)}`, '1944-03-08', ['resident']));
    }
    this.auditor.takeOver();
    this.group = accountOf(this.ids.member());
    this.writer = this.writerSince(1, this.nowMs, 0);
    await this.journal.commit([
      { change: 'open_account', accountId: this.group, state: 'donate_only', at: instantOf(this.nowMs) },
    ]);
  }
}
