import type { BindingView } from '@time-bank/contracts/helping';
import { BindingFacts } from '../components/binding-facts.tsx';
import { Loaded } from '../components/loaded.tsx';
import { MePage } from '../components/me-page.tsx';
import { useHelperName, readOwnBindings } from '../own-bindings.ts';
import { useWords } from '../language.tsx';
import { useMeWords } from '../me-words.ts';
import { useResource } from '../use-resource.ts';

const groups = ['helpersWaiting', 'helpersNow', 'helpersBefore'] as const;
type Group = (typeof groups)[number];

const groupOf = ({ state }: BindingView): Group =>
  state === 'checked'
    ? 'helpersWaiting'
    : state === 'bound' || state === 'proposed'
      ? 'helpersNow'
      : 'helpersBefore';

/** Those who may act for me, those who would like to, and those who could before. */
const MeHelpers = () => {
  const words = useWords();
  const own = useMeWords();
  const nameOf = useHelperName();
  const list = useResource('bindings', readOwnBindings);
  return (
    <MePage title={own.helpers}>
      <p>{own.helpersHint}</p>
      <Loaded resource={list}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{own.helpersEmpty}</p>
          ) : (
            groups.map((group) => {
              const bindings = items.filter((each) => groupOf(each) === group);
              return (
                bindings.length > 0 && (
                  <section key={group}>
                    <h2>{own[group]}</h2>
                    <ul>
                      {bindings.map((binding) => (
                        <li class="card" key={binding.bindingId}>
                          <h3>{nameOf(binding)}</h3>
                          <BindingFacts binding={binding} />
                          {group !== 'helpersBefore' && (
                            <a
                              class={group === 'helpersWaiting' ? 'button primary' : 'button'}
                              href={`/me/helpers/${binding.bindingId}`}
                            >
                              {group === 'helpersWaiting' ? own.agree : words.see(nameOf(binding))}
                            </a>
                          )}
                        </li>
                      ))}
                    </ul>
                  </section>
                )
              );
            })
          )
        }
      </Loaded>
      <a class="button" href="/me/invite">
        {own.invite}
      </a>
    </MePage>
  );
};

export default MeHelpers;
