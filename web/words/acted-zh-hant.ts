/** Who has acted in the name of somebody, in traditional Chinese. */
import type { ActedCatalogue } from './acted-zh-hans.ts';

/** The words of acts in somebody's name. */
export const actedZhHant: ActedCatalogue = {
  as: {
    family_proxy: '家人',
    guardian: '監護人',
    counter: '服務點',
    hotline: '服務電話',
    coordinator: '社區',
  },
  by: (surname, gender, capacity) =>
    `由${surname}${gender === 'female' ? '女士' : '先生'}（${capacity}）代辦`,
};
