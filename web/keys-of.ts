/** The names in a record of which all names are known. */
export const keysOf = <Name extends string>(record: Record<Name, unknown>): Name[] => {
  const names: Name[] = [];
  for (const name in record) names.push(name);
  return names;
};
