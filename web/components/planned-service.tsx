import type { ServiceList } from '@time-bank/contracts/request-life';
import type { Service } from '../services.ts';
import type { Resource } from '../use-resource.ts';
import { Loaded } from './loaded.tsx';
import { ServiceField } from './service-field.tsx';
import { ServiceHint } from './service-hint.tsx';

/**
 * Which help the desk plans, once it is known what the community offers, and what is to be known of it. Whoever takes
 * another one starts from its usual length: `onChoose` gets its code and those minutes, whole, as the form writes them.
 */
export const PlannedService = ({
  offered,
  services,
  service,
  problem,
  onChoose,
}: {
  offered: Resource<ServiceList>;
  /** Those of the offered ones that this form is for. */
  services: readonly Service[];
  /** The one that is chosen; nothing stands there where the community offers none. */
  service: Service | undefined;
  problem?: string | undefined;
  onChoose: (chosen: { service: string; minutes: string }) => void;
}) => (
  <Loaded resource={offered}>
    {() =>
      service !== undefined && (
        <>
          <ServiceField
            services={services}
            value={service.code}
            problem={problem}
            onChoose={({ code, defaultMinutes }) => {
              onChoose({ service: code, minutes: String(defaultMinutes) });
            }}
          />
          <ServiceHint service={service} />
        </>
      )
    }
  </Loaded>
);
