import { useRoute } from 'preact-iso/router';
import { CallForHelp, useCallFor } from '../components/call-for-help.tsx';
import { PhoneLink } from '../components/phone-link.tsx';
import { readHelpedElder } from '../helped-elder.ts';
import { useWords } from '../language.tsx';
import { useMeWords } from '../me-words.ts';
import { useResource } from '../use-resource.ts';

/** A helper calls for help for the elder whom they help: it does not wait until the elder's name has come. */
const HelpedHelp = () => {
  const words = useWords();
  const { helpedUnnamed } = useMeWords();
  const { memberId = '' } = useRoute().params;
  const elder = useResource(`helped.${memberId}`, () => readHelpedElder(memberId)).value?.elder.elder;
  return (
    <CallForHelp whom={{ elderId: memberId }} said={useCallFor(elder?.name ?? helpedUnnamed)}>
      {elder?.phone !== undefined && <PhoneLink phone={elder.phone} />}
      <a class="button" href={`/helped/${encodeURIComponent(memberId)}`}>
        {words.back}
      </a>
    </CallForHelp>
  );
};

export default HelpedHelp;
