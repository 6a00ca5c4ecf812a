/** Which fault has met which await point of which operation, and how often. */
import { type CallFault, callFaults, canHappen } from './faults.ts';

/** Counts by await point (`operation:method:ordinal`), then by fault; `calls` counts all. */
export type Coverage = Map<string, Partial<Record<CallFault | 'calls', number>>>;

/** Counts a call. */
export const count = (coverage: Coverage, point: string, fault: CallFault | undefined): void => {
  const row = coverage.get(point) ?? {};
  row.calls = (row.calls ?? 0) + 1;
  if (fault !== undefined) row[fault] = (row[fault] ?? 0) + 1;
  coverage.set(point, row);
};

/** Adds what another run has met. */
export const addTo = (sum: Coverage, other: Iterable<[string, Partial<Record<string, number>>]>): void => {
  for (const [point, row] of other) {
    const there = (sum.get(point) ?? {}) as Record<string, number>;
    for (const [name, times] of Object.entries(row)) there[name] = (there[name] ?? 0) + (times ?? 0);
    sum.set(point, there);
  }
};

/** The faults that can happen at a point and never did. */
export const neverHit = (coverage: Coverage): string[] =>
  [...coverage].flatMap(([point, row]) =>
    (Object.keys(callFaults) as CallFault[])
      .filter((fault) => canHappen(fault, point.split(':')[1] ?? '') && row[fault] === undefined)
      .map((fault) => `${fault} ${point} (${String(row.calls ?? 0)} calls)`),
  );

/** The table as text, one row for each await point. */
export const tableOf = (coverage: Coverage): string => {
  const faults = Object.keys(callFaults) as CallFault[];
  const points = [...coverage].sort(([one], [other]) => (one < other ? -1 : 1));
  const width = Math.max(...points.map(([point]) => point.length), 10);
  const cell = (text: string): string => text.padStart(13);
  const lines = points.map(([point, row]) => {
    const method = point.split(':')[1] ?? '';
    const cells = faults.map((fault) => (canHappen(fault, method) ? String(row[fault] ?? 0) : '-'));
    return [point.padEnd(width), cell(String(row.calls ?? 0)), ...cells.map(cell)].join(' ');
  });
  return [['await point'.padEnd(width), cell('calls'), ...faults.map(cell)].join(' '), ...lines].join('\n');
};
