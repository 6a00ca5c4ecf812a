import { BindingFacts } from '../components/binding-facts.tsx';
import { Loaded } from '../components/loaded.tsx';
import { MePage } from '../components/me-page.tsx';
import { helpingClient } from '../helping-client.ts';
import { useMeWords } from '../me-words.ts';
import { useResource } from '../use-resource.ts';

/** The elders whom one helps, and those who have not said yes yet. */
const Helped = () => {
  const own = useMeWords();
  const list = useResource('helped', helpingClient.listHelped);
  return (
    <MePage title={own.helped}>
      <p>{own.helpedHint}</p>
      <Loaded resource={list}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{own.helpedEmpty}</p>
          ) : (
            <ul>
              {items.map((row) => (
                <li class="card" key={row.bindingId}>
                  <h2>{row.elder?.name ?? own.helpedUnnamed}</h2>
                  <BindingFacts binding={row} />
                  {row.isInForce && (
                    <a class="button primary" href={`/helped/${row.elderId}`}>
                      {row.elder?.name ?? own.helpedUnnamed}
                    </a>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </MePage>
  );
};

export default Helped;
