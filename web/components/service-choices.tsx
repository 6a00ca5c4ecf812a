import { useAskingWords } from '../asking-words.ts';
import { useWords } from '../language.tsx';
import { type Service, serviceOf } from '../services.ts';
import { ChoiceList } from './choice-list.tsx';

/** What most residents ask for stands first; what only a region has comes next, everything else when it is opened. */
const usual: readonly string[] = ['B01', 'C01', 'A01', 'D01', 'A04', 'A02'];

const isFirst = ({ code }: Service): boolean => usual.includes(code) || code.startsWith('Z');

const placeOf = ({ code }: Service): number => (usual.includes(code) ? usual.indexOf(code) : usual.length);

const firstOf = (services: readonly Service[]): Service[] =>
  services.filter(isFirst).sort((one, other) => placeOf(one) - placeOf(other));

/** Which help, for residents: as large as a thumb, each with what it means, the usual ones first. */
export const ServiceChoices = ({
  services,
  value,
  problem,
  onChoose,
}: {
  services: readonly Service[];
  /** The code of the service that is chosen; empty where none is. */
  value: string;
  problem: string | undefined;
  onChoose: (service: Service) => void;
}) => {
  const words = useWords();
  const own = useAskingWords();
  const others = services.filter((service) => !isFirst(service));
  const list = (id: string, shown: readonly Service[], label: string, wrong?: string) => (
    <ChoiceList
      id={id}
      label={label}
      problem={wrong}
      value={value}
      onWrite={(code) => {
        const service = serviceOf(services, code);
        if (service !== undefined) onChoose(service);
      }}
      choices={shown.map(({ code, words: names }) => ({
        value: code,
        label: names[words.locale],
        ...(own.hints[code] === undefined ? {} : { hint: own.hints[code] }),
      }))}
    />
  );
  if (services.length === 0) return <p>{own.noServices}</p>;
  return (
    <>
      {list('service', firstOf(services), words.service, problem)}
      {others.length > 0 && (
        <details open={others.some(({ code }) => code === value)}>
          <summary>{own.moreServices}</summary>
          {list('other-service', others, own.moreServices)}
        </details>
      )}
      <p>{own.byPhone}</p>
    </>
  );
};
