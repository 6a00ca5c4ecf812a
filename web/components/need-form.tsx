import type { ElderRow } from '@time-bank/contracts/member';
import { useState } from 'preact/hooks';
import { useDeskWords } from '../desk-words.tsx';
import { keysOf } from '../keys-of.ts';
import type { Need } from '../linkage-client.ts';
import { useLinkageWords } from '../linkage-words.ts';
import type { Command } from '../use-command.ts';
import { ChoiceList } from './choice-list.tsx';
import { DeedForm } from './deed-form.tsx';
import { ElderField } from './elder-field.tsx';
import type { Problem } from './error-summary.tsx';
import { problemAt } from './failure-problems.ts';
import { TextField } from './field.tsx';
import { ProblemLines } from './problem-lines.tsx';

const NEED_MAX = 200;

/** Says what an elder needs, and how that came to be known. */
export const NeedForm = ({ elders, command }: { elders: readonly ElderRow[]; command: Command<Need> }) => {
  const own = useLinkageWords();
  const deskWords = useDeskWords();
  const [fields, setFields] = useState({ elder: '', source: 'elder', need: '' });
  const [problems, setProblems] = useState<Problem[]>([]);
  const write = (name: keyof typeof fields) => (text: string) => {
    setFields((before) => ({ ...before, [name]: text }));
    setProblems((before) => before.filter(({ field }) => field !== name));
  };
  const sources = keysOf(own.sources);
  const submit = () => {
    const need = fields.need.trim();
    const source = sources.find((each) => each === fields.source);
    const found = [
      ...(fields.elder === '' ? [{ field: 'elder', words: deskWords.elderMissing }] : []),
      ...(need === '' ? [{ field: 'need', words: own.needMissing }] : []),
    ];
    setProblems(found);
    if (found.length === 0 && source !== undefined) command.submit({ elderId: fields.elder, source, need });
  };
  return (
    <DeedForm title={own.report} label={own.reportSend} command={command} onSend={submit}>
      <ElderField
        elders={elders}
        problem={problemAt(problems, 'elder')}
        value={fields.elder}
        onWrite={write('elder')}
      />
      <ChoiceList
        id="source"
        label={own.source}
        value={fields.source}
        onWrite={write('source')}
        choices={sources.map((value) => ({ value, label: own.sources[value] }))}
      />
      <TextField
        id="need"
        label={own.need}
        hint={own.needHint}
        problem={problemAt(problems, 'need')}
        maxLength={NEED_MAX}
        value={fields.need}
        onWrite={write('need')}
      />
      <ProblemLines problems={problems} />
    </DeedForm>
  );
};
