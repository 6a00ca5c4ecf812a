/** Who has acted in the name of somebody, in English. */
import type { ActedCatalogue } from './acted-zh-hans.ts';

/** The words of acts in somebody's name. */
export const actedEn: ActedCatalogue = {
  as: {
    family_proxy: 'family',
    guardian: 'guardian',
    counter: 'service point',
    hotline: 'telephone service',
    coordinator: 'community',
  },
  by: (surname, gender, capacity) =>
    `Done for you by ${gender === 'female' ? 'Ms' : 'Mr'} ${surname} (${capacity})`,
};
