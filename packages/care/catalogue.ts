/**
 * What a region offers of the catalogue, and whether an order keeps to it. A region's own services stand under Z01 to
 * Z12 in its rules, each like one of the catalogue's: its risk and everything that follows from it are that one's.
 * Source: domain, 2.9; README "Services".
 */
import { type Planned, done, refused } from '@time-bank/contracts/refusals';
import { ServiceCode } from '@time-bank/contracts/request';
import { type Instant, minuteOfDay } from '@time-bank/contracts/time';
import type { Policy } from '@time-bank/policy/policy';
import { type ServiceTraits, services } from './service.ts';

/** The rules of a region about what it offers. */
export type CatalogueRules = Pick<Policy, 'regionalServices'>;

/** Who pays for a visit: whoever receives it, with hours, or the community. */
export type Payer = 'hours' | 'community';

/** What is ordered: whole minutes from `plannedStartAt`; `abilityLevel` of the receiver, where it was assessed. */
export interface Order {
  serviceCode: ServiceCode;
  plannedStartAt: Instant;
  plannedMinutes: number;
  abilityLevel?: number | undefined;
  paidBy: Payer;
}

const regionalCode = /^Z/;

/** True for the codes that a region fills with services of its own. */
export const isRegional = (code: ServiceCode): boolean => regionalCode.test(code);

/** Work for the time bank itself is nobody's visit. */
const forTheBank: readonly ServiceCode[] = ['K01', 'K02'];

/** What a service is in a region; undefined for one of the region's own that it does not have. */
export const traitsIn = (
  { regionalServices }: CatalogueRules,
  code: ServiceCode,
): ServiceTraits | undefined => {
  if (!isRegional(code)) return services[code];
  const own = regionalServices.find((service) => service.code === code);
  const like = ServiceCode.safeParse(own?.like);
  if (own === undefined || !like.success) return undefined;
  const { words } = own;
  const traits = services[like.data];
  const minMinutes = own.minMinutes ?? traits.minMinutes;
  const maxMinutes = Math.max(minMinutes, own.maxMinutes ?? traits.maxMinutes);
  const usual = own.defaultMinutes ?? traits.defaultMinutes;
  return {
    ...traits,
    words: {
      'zh-Hans': words['zh-Hans'],
      'zh-Hant': words['zh-Hant'] ?? words['zh-Hans'],
      en: words.en ?? words['zh-Hans'],
    },
    minMinutes,
    maxMinutes,
    defaultMinutes: Math.min(maxMinutes, Math.max(minMinutes, usual)),
  };
};

/** What a request in hand is: one that was posted stays what it was, also where the region has dropped its service since. */
export const traitsOf = (rules: CatalogueRules, code: ServiceCode): ServiceTraits =>
  traitsIn(rules, code) ?? services[code];

/**
 * Who can pay for a service when somebody asks for it. Groups meet as activities, and hours buy no professional: whoever
 * needs one is looked after by the community.
 */
export const payersOf = (code: ServiceCode, { madeBy }: ServiceTraits): Payer[] => {
  if (madeBy === 'group' || forTheBank.includes(code)) return [];
  return madeBy === 'professional' ? ['community'] : ['hours', 'community'];
};

/** True where no volunteer may be sent: it is asked for, and goes to a paid provider. */
export const isForProviders = ({ madeBy }: Pick<ServiceTraits, 'madeBy'>): boolean =>
  madeBy === 'professional';

const isWithinDay = ({ plannedStartAt, plannedMinutes }: Order, { fromMinute, toMinute }: ServiceTraits) => {
  const from = minuteOfDay(plannedStartAt);
  return from >= fromMinute && from + plannedMinutes <= toMinute;
};

/** At any hour also past midnight. */
const hasHours = ({ fromMinute, toMinute }: ServiceTraits): boolean => fromMinute > 0 || toMinute < 24 * 60;

/**
 * Holds an order against the catalogue of its region; gives what the service is there. Minutes whole.
 * Refuses: service_not_offered, service_not_suited, outside_service_hours, minutes_out_of_bounds.
 */
export const checkOrder = (rules: CatalogueRules, order: Order): Planned<ServiceTraits> => {
  const traits = traitsIn(rules, order.serviceCode);
  if (traits === undefined || !payersOf(order.serviceCode, traits).includes(order.paidBy))
    return refused('service_not_offered');
  const [least, most] = traits.levels;
  const { abilityLevel = least, plannedMinutes } = order;
  if (abilityLevel < least || abilityLevel > most) return refused('service_not_suited');
  if (hasHours(traits) && !isWithinDay(order, traits)) return refused('outside_service_hours');
  return plannedMinutes < traits.minMinutes || plannedMinutes > traits.maxMinutes
    ? refused('minutes_out_of_bounds')
    : done(traits);
};
