import type { ComponentChildren } from 'preact';
import { useShellWords } from '../language.tsx';
import { Sentence } from './sentence.tsx';
import type { Resource } from '../use-resource.ts';

/** Shows what was read; until then says that the page opens, or why it did not, with a button to try again. */
export const Loaded = <Value,>({
  resource,
  children,
}: {
  resource: Resource<Value>;
  children: (value: Value) => ComponentChildren;
}) => {
  const words = useShellWords();
  if (resource.value !== undefined) return <>{children(resource.value)}</>;
  if (resource.failure === undefined) return <p role="status">{words.opening}</p>;
  return (
    <div role="alert">
      <p>
        <Sentence failure={resource.failure} />
      </p>
      <button type="button" onClick={resource.reload}>
        {words.tryAgain}
      </button>
    </div>
  );
};
