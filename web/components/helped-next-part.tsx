import { noticesClient } from '../notices-client.ts';
import { useNoticesWords } from '../notices-words.ts';
import { useResource } from '../use-resource.ts';
import { Loaded } from './loaded.tsx';
import { NextVisitList } from './next-visits.tsx';

/** Who comes next to an elder whom one helps. */
const HelpedNextPart = ({ memberId }: { memberId: string }) => {
  const own = useNoticesWords();
  const visits = useResource(`next.${memberId}`, () => noticesClient.listNext('receiver', memberId));
  return (
    <section>
      <h2>{own.next}</h2>
      <Loaded resource={visits}>{({ items }) => <NextVisitList items={items} />}</Loaded>
    </section>
  );
};

export default HelpedNextPart;
