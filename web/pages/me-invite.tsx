import { Loaded } from '../components/loaded.tsx';
import { MePage } from '../components/me-page.tsx';
import { QrPicture } from '../components/qr-picture.tsx';
import { readMe } from '../first-reads.ts';
import { useMeWords } from '../me-words.ts';
import { useResource } from '../use-resource.ts';

/** The code with which a relative applies as a helper: whose phone shows it is who is to be helped. */
const MeInvite = () => {
  const own = useMeWords();
  const me = useResource('me', readMe);
  return (
    <MePage title={own.invite} back="/me/helpers">
      <p>{own.inviteScan}</p>
      <Loaded resource={me}>
        {({ member }) => {
          // What stands behind the # goes to no server.
          const address = `${location.origin}/helped/ask#${member.memberId}`;
          return (
            <>
              <QrPicture text={address} label={own.inviteCode} />
              <p>{own.inviteLink}</p>
              <p class="number">{address}</p>
            </>
          );
        }}
      </Loaded>
      <p>{own.inviteCounter}</p>
    </MePage>
  );
};

export default MeInvite;
