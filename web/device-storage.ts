/**
 * What this phone or computer remembers. Some browsers refuse storage; then the page remembers until it is closed.
 * Names begin with `time-bank.`; how the page looks stays after signing out and when somebody else signs in,
 * everything else is wiped. `signed-in` is the number that was signed in with.
 */
const PREFIX = 'time-bank.';
const LOOKS = new Set([`${PREFIX}size`, `${PREFIX}locale`]);

const isOfPerson = (name: string): boolean => name.startsWith(PREFIX) && !LOOKS.has(name);

const memory = new Map<string, string>();

/** What was kept under `name`. */
export const recall = (name: string): string | undefined => {
  try {
    return localStorage.getItem(PREFIX + name) ?? memory.get(PREFIX + name);
  } catch {
    return memory.get(PREFIX + name);
  }
};

/** Keeps `text` under `name`. */
export const keep = (name: string, text: string): void => {
  try {
    localStorage.setItem(PREFIX + name, text);
  } catch {
    memory.set(PREFIX + name, text);
  }
};

/** Forgets what was kept under `name`. */
export const forget = (name: string): void => {
  memory.delete(PREFIX + name);
  try {
    localStorage.removeItem(PREFIX + name);
  } catch {
    // There is no storage, so nothing was kept in it.
  }
};

/** Forgets everything about the person who was signed in. */
export const forgetPerson = (): void => {
  [...memory.keys()].filter(isOfPerson).forEach((name) => memory.delete(name));
  try {
    Object.keys(localStorage)
      .filter(isOfPerson)
      .forEach((name) => {
        localStorage.removeItem(name);
      });
  } catch {
    // There is no storage, so nothing was kept in it.
  }
};

/** What was kept under `name` as JSON, as an object whose members are still to be checked. */
export const recallRecord = (name: string): Record<string, unknown> => {
  try {
    const value: unknown = JSON.parse(recall(name) ?? '{}');
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
};
