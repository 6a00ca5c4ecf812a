import lazy from 'preact-iso/lazy';
import type { FunctionComponent } from 'preact';

type Part = { default: FunctionComponent<{ memberId: string }> };

const nothing: Part = { default: () => null };
const load = (): Promise<Part> => import('./helped-next-part.tsx').catch(() => nothing);

/** Who comes next to an elder whom one helps: it comes after the page, and its page does without it where it does not come. */
export const HelpedNext = lazy(load);
