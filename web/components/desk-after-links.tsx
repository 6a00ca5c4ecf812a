import { useAfterWords } from '../after-words.ts';

/** From the desk to what comes after visits. */
const DeskAfterLinks = () => {
  const own = useAfterWords();
  return (
    <p class="beside">
      <a class="button" href="/desk/confirm">
        {own.confirmList}
      </a>
      <a class="button" href="/desk/callbacks">
        {own.callbacks}
      </a>
      <a class="button" href="/desk/disputes">
        {own.disputes}
      </a>
      <a class="button" href="/desk/review-items">
        {own.reviewItems}
      </a>
    </p>
  );
};

export default DeskAfterLinks;
