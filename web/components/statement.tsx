import type { StatementPage } from '@time-bank/contracts/account';
import { askLater } from '../later-client.ts';
import { MoreButton, useMore } from './more-items.tsx';
import { StatementList, useStatementWords } from './statement-list.tsx';

export { statementReady } from './statement-list.tsx';

/** The statement, from its first page on. It comes after the balance, with its own words. */
export const Statement = ({ first }: { first: StatementPage }) => {
  const words = useStatementWords();
  const more = useMore(first, (cursor) => askLater((client) => client.listEntries(cursor)));
  if (more.items.length === 0) return <p>{words.empty}</p>;
  return (
    <>
      <StatementList entries={more.items} refOf={more.refOf} />
      <MoreButton more={more} />
    </>
  );
};
