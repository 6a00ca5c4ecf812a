/** What stands where a person was erased: nobody's name, no place, no word. */
export const forgotten = {
  surname: '*',
  place: { address: '*' },
  /** Why staff acted. */
  note: '*',
  /** No command has this fingerprint: a step of an erased person's request is never taken for a repeat. */
  said: { fingerprint: '' },
} as const;
