import { CallForHelp } from '../components/call-for-help.tsx';
import { useHelpWords } from '../help-words.ts';

/** The elder's big button. */
const Help = () => {
  const own = useHelpWords();
  return (
    <CallForHelp
      said={{
        title: own.help,
        hint: own.needHelpHint,
        label: own.needHelp,
        sure: own.needHelpSure,
        called: own.called,
      }}
    />
  );
};

export default Help;
