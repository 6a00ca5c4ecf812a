import type { Service } from '../services.ts';
import { serviceOf } from '../services.ts';
import { useWords } from '../language.tsx';
import { SelectField } from './field.tsx';

/**
 * Which help, out of what a community offers, in the language in use. `onChoose` gets the whole service, so that the
 * minutes of the form can follow its usual length and its bounds.
 */
export const ServiceField = ({
  services,
  value,
  problem,
  onChoose,
}: {
  services: readonly Service[];
  /** The code of the service that is chosen; empty where none is. */
  value: string;
  problem?: string | undefined;
  onChoose: (service: Service) => void;
}) => {
  const words = useWords();
  return (
    <SelectField
      id="service"
      label={words.service}
      problem={problem}
      value={value}
      onWrite={(code) => {
        const service = serviceOf(services, code);
        if (service !== undefined) onChoose(service);
      }}
      options={services.map((service) => ({ value: service.code, label: service.words[words.locale] }))}
    />
  );
};
