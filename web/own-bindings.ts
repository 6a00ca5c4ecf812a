import type { BindingView } from '@time-bank/contracts/helping';
import { readMe } from './first-reads.ts';
import { helpingClient } from './helping-client.ts';
import { useHelpingWords } from './helping-words.ts';

/** Who I am, and those who may act for me. */
export const readOwnBindings = async () => {
  const me = await readMe();
  if (me.kind !== 'done') return me;
  const { memberId } = me.value.member;
  const list = await helpingClient.listBindings(memberId);
  return list.kind === 'done' ? { kind: list.kind, value: { memberId, items: list.value.items } } : list;
};

/** A helper in words: the name where it may be known, and what they are to the elder. */
export const useHelperName = (): ((binding: Pick<BindingView, 'helper' | 'kind'>) => string) => {
  const words = useHelpingWords();
  return ({ helper, kind }) =>
    words.asHelper(
      'name' in helper ? helper.name : words.called(helper.surname, helper.gender),
      words.kinds[kind],
    );
};
