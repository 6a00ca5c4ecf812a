/** The papers of a volunteer who may be sent to any plain visit: checked, trained and active for years. */
import type { Volunteering } from '@time-bank/contracts/volunteering';

/** For people of tests who are to serve at once. */
export const papers: Volunteering = {
  state: 'active',
  since: '2020-01-06',
  recordCheck: { isPassed: true, on: '2020-01-04' },
  trainings: [{ course: '岗前培训', minutes: 120, on: '2020-01-05' }],
  licences: [],
};
