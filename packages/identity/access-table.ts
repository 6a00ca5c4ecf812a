/** The table of permissions for people to read: `access.md` shows it, a test compares the two. */
import { type Relation, type Rule, actions, rules } from './rules.ts';

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const holdersIn = ({ may, only }: Rule, relations: readonly Relation[]): string =>
  Object.entries(may)
    .filter(([, held]) => relations.some((relation) => held.includes(relation)))
    .map(([holder]) => {
      const condition = Object.entries(only ?? {}).find(([each]) => each === holder)?.[1];
      return condition === undefined ? holder : `${holder} (${condition})`;
    })
    .join(', ');

const marks = ({ scope, impartial, personal, moves, spends, audited }: Rule): string =>
  [
    scope === undefined ? '' : `scope ${scope}`,
    impartial === true ? 'impartial' : '',
    personal === true ? 'personal' : '',
    moves === true ? 'moves' : '',
    spends === true ? 'spends' : '',
    audited === true ? 'audited' : '',
  ]
    .filter((mark) => mark !== '')
    .join(', ');

/** A line for each action: who may, in which relation to the subject, what else holds, and the other answer. */
export const accessTable = (): string =>
  [
    line(['Action', 'Own', 'Bound', 'In a region of one’s own', 'Elsewhere, or of nothing', 'Marks', 'Else']),
    line(['---', '---', '---', '---', '---', '---', '---']),
    ...actions.map((action) => {
      const rule = rules[action];
      return line([
        `\`${action}\``,
        holdersIn(rule, ['own']),
        holdersIn(rule, ['bound']),
        holdersIn(rule, ['own_region']),
        holdersIn(rule, ['other_region', 'none']),
        marks(rule),
        `\`${rule.otherwise}\``,
      ]);
    }),
  ].join('\n');
