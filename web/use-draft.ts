import { useRef, useState } from 'preact/hooks';
import { forget, keep, recallRecord } from './device-storage.ts';

const KEPT_FOR_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * The fields of a form, kept on this device for seven days, so that nothing has to be written twice.
 * `initial` names the fields and what they hold at first.
 */
export const useDraft = <Name extends string>(
  slot: string,
  initial: Record<Name, string>,
): { fields: Record<Name, string>; write: (name: Name, text: string) => void; drop: () => void } => {
  const [fields, setFields] = useState(() => {
    const kept = recallRecord(`draft.${slot}`);
    const restored = { ...initial };
    if (typeof kept.at !== 'number' || Date.now() - kept.at > KEPT_FOR_MS) return restored;
    for (const name in initial) {
      const text = kept[`field.${name}`];
      if (typeof text === 'string') restored[name] = text;
    }
    return restored;
  });
  const latest = useRef(fields);
  return {
    fields,
    write: (name, text) => {
      const written = { ...latest.current, [name]: text };
      latest.current = written;
      setFields(written);
      const entries: Record<string, unknown> = { at: Date.now() };
      for (const field in written) entries[`field.${field}`] = written[field];
      keep(`draft.${slot}`, JSON.stringify(entries));
    },
    drop: () => {
      forget(`draft.${slot}`);
      latest.current = { ...initial };
      setFields(latest.current);
    },
  };
};
