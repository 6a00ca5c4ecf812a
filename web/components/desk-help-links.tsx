import { useHelpWords } from '../help-words.ts';

/** From the desk to calls for help, to help that comes again and again, and to activities. */
const DeskHelpLinks = () => {
  const own = useHelpWords();
  return (
    <p class="beside">
      <a class="button" href="/desk/emergency">
        {own.emergencies}
      </a>
      <a class="button" href="/desk/series">
        {own.series}
      </a>
      <a class="button" href="/desk/activities">
        {own.activities}
      </a>
    </p>
  );
};

export default DeskHelpLinks;
