import { useAccountsWords } from '../accounts-words.ts';
import { useAfterWords } from '../after-words.ts';
import { useEntriesWords } from '../entries-words.ts';
import { useHelpWords } from '../help-words.ts';
import { useLifeWords } from '../life-words.ts';
import { useLinkageWords } from '../linkage-words.ts';
import { useNoticesWords } from '../notices-words.ts';
import { useWeekWords } from '../week-words.ts';

/** From the desk to what a coordinator has to see to, by how soon. */
const DeskLinks = () => {
  const own = useEntriesWords();
  const after = useAfterWords();
  const help = useHelpWords();
  const groups: readonly { title: string; links: readonly (readonly [path: string, label: string])[] }[] = [
    {
      title: own.urgent,
      links: [
        ['/desk/emergency', help.emergencies],
        ['/desk/alarms', useWeekWords().alarms],
        ['/desk/events', own.events],
      ],
    },
    {
      title: own.forMe,
      links: [
        ['/desk/review', useLifeWords().review],
        ['/desk/confirm', after.confirmList],
        ['/desk/callbacks', after.callbacks],
        ['/desk/entries', own.entries],
        ['/desk/linkages', useLinkageWords().title],
        ['/desk/tell', useNoticesWords().toTell],
      ],
    },
    {
      title: own.doubts,
      links: [
        ['/desk/disputes', after.disputes],
        ['/desk/review-items', after.reviewItems],
        ['/desk/corrections', useAccountsWords().title],
      ],
    },
    {
      title: own.regular,
      links: [
        ['/desk/series', help.series],
        ['/desk/activities', help.activities],
      ],
    },
  ];
  return (
    <div class="columns unprinted">
      {groups.map(({ title, links }) => (
        <section key={title} aria-label={title}>
          <h2>{title}</h2>
          <p class="beside">
            {links.map(([path, label]) => (
              <a class="button" key={path} href={path}>
                {label}
              </a>
            ))}
          </p>
        </section>
      ))}
    </div>
  );
};

export default DeskLinks;
