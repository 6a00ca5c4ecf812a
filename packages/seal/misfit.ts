/**
 * Every way in which a note, a checkpoint or a proof from outside can fail to fit, in the order in which they are
 * looked at: where several hold, the first in this list is given.
 */

/** All words, in order of precedence. Never renamed once published. */
export const misfits = [
  // The verifier's own key
  'malformed_verifier_key',
  // The proof as a whole
  'malformed_proof',
  // The note
  'note_too_long',
  'not_unicode',
  'control_character',
  'no_final_newline',
  'no_blank_line',
  'no_signature',
  'too_many_signatures',
  'malformed_signature_line',
  // The checkpoint in it
  'wrong_number_of_lines',
  'malformed_origin',
  'malformed_size',
  'malformed_root',
  'malformed_extension',
  // Who signed
  'other_origin',
  'not_signed_by_key',
  'wrong_signature',
  // The leaf under it
  'other_tree_size',
  'leaf_outside_tree',
  'wrong_path',
] as const;

/** What does not fit, as one word of the closed list. */
export type Misfit = (typeof misfits)[number];

/** What reading or checking gives: the value, or the first thing that does not fit. */
export type Finding<T> = { kind: 'done'; value: T } | { kind: 'misfit'; misfit: Misfit };

/** The finding of something that fits. */
export const fits = <T>(value: T): Finding<T> => ({ kind: 'done', value });

/** The finding of something that does not fit, and what about it. */
export const misfit = (word: Misfit): { kind: 'misfit'; misfit: Misfit } => ({
  kind: 'misfit',
  misfit: word,
});
