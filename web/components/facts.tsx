import type { ComponentChildren } from 'preact';

/** Facts with their names, e.g. when, where, how long. Facts without content are left out. */
export const Facts = ({
  facts,
  large = false,
}: {
  facts: readonly { name: string; content: ComponentChildren }[];
  large?: boolean;
}) => (
  <dl class={large ? 'facts large' : 'facts'}>
    {facts
      .filter(({ content }) => content !== undefined && content !== '')
      .map(({ name, content }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{content}</dd>
        </div>
      ))}
  </dl>
);
