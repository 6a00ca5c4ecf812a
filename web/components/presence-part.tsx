import type { RequestView } from '@time-bank/contracts/request';
import { useState } from 'preact/hooks';
import type { Beside } from '../client.ts';
import { usePresenceWords } from '../presence-words.ts';
import { digestOf, placeNow, readWays } from '../presence.ts';
import { useResource } from '../use-resource.ts';

type Told = 'placing' | 'placed' | 'noPlace' | 'photographed' | 'noPhoto';

/** What was just done, said where it was done. */
const ToldLine = ({ told }: { told: Told | undefined }) => {
  const own = usePresenceWords();
  return <p role="status">{told !== undefined && own[told]}</p>;
};

const Place = ({ agrees, onPlace }: { agrees: boolean; onPlace: (point: Beside['point']) => void }) => {
  const own = usePresenceWords();
  const [told, setTold] = useState<Told>();
  const find = async () => {
    setTold('placing');
    const point = await placeNow();
    setTold(point === undefined ? 'noPlace' : 'placed');
    onPlace(point);
  };
  if (!agrees) {
    return (
      <>
        <p>{own.placeConsent}</p>
        <a class="button" href="/me/consents">
          {own.consents}
        </a>
      </>
    );
  }
  return (
    <>
      <p>{own.placeHint}</p>
      <button
        type="button"
        disabled={told === 'placing'}
        onClick={() => {
          void find();
        }}
      >
        {own.place}
      </button>
      <ToldLine told={told} />
    </>
  );
};

const Photo = ({ onPhoto }: { onPhoto: (digest: string | undefined) => void }) => {
  const own = usePresenceWords();
  const [told, setTold] = useState<Told>();
  const read = async (file: File) => {
    const digest = await digestOf(file);
    setTold(digest === undefined ? 'noPhoto' : 'photographed');
    onPhoto(digest);
  };
  return (
    <div class="field">
      <label for="photo">{own.photo}</label>
      <p class="hint" id="photo-hint">
        {own.photoHint}
      </p>
      <input
        id="photo"
        type="file"
        accept="image/*"
        capture="environment"
        aria-describedby="photo-hint"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          if (file !== undefined) void read(file);
        }}
      />
      <ToldLine told={told} />
    </div>
  );
};

/**
 * What may be shown beside a code, where service and region take it: roughly where one is, with one's own consent, and what
 * stands for a picture. Nothing of it has to be; where it cannot be known what is taken, the page does without.
 */
const PresencePart = ({
  request,
  beside,
  onChange,
}: {
  request: RequestView;
  beside: Beside;
  onChange: (beside: Beside) => void;
}) => {
  const own = usePresenceWords();
  const ways = useResource(`ways.${request.requestId}`, () => readWays(request)).value;
  if (ways === undefined || !(ways.takesPlace || ways.takesPhoto)) return null;
  return (
    <details class="field">
      <summary>{own.beside}</summary>
      <p>{own.besideHint}</p>
      {ways.takesPlace && (
        <Place
          agrees={ways.agreesToPlace}
          onPlace={(point) => {
            const { point: _before, ...rest } = beside;
            onChange(point === undefined ? rest : { ...rest, point });
          }}
        />
      )}
      {ways.takesPhoto && (
        <Photo
          onPhoto={(photo) => {
            const { photo: _before, ...rest } = beside;
            onChange(photo === undefined ? rest : { ...rest, photo });
          }}
        />
      )}
    </details>
  );
};

export default PresencePart;
