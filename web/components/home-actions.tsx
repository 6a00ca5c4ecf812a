import type { Me } from '@time-bank/contracts/member';
import type { Role } from '@time-bank/contracts/role';
import { useHomeWords } from '../home-words.ts';
import { useShellWords } from '../language.tsx';

export { homeReady } from '../home-words.ts';

/** What one can do, always in the same order; a role adds its own buttons. */
const Actions = ({ me }: { me: Me }) => {
  const words = useShellWords();
  const own = useHomeWords();
  const has = (role: Role) => me.member.roles.some((grant) => grant.role === role);
  const isCoordinator = has('coordinator');
  const isElder = has('resident') || me.mayRedeem;
  const isDesk = isCoordinator || has('counter') || has('hotline');
  const isSociety = has('social_worker') || has('organisation') || has('provider') || has('donor');
  const actions = [
    { path: '/help', label: words.help, shown: isElder },
    { path: '/ask', label: own.ask, shown: isElder },
    { path: '/requests', label: words.findVisits, shown: has('volunteer') },
    { path: '/visits', label: words.myVisits, shown: has('volunteer') },
    { path: '/received', label: words.myBookings, shown: isElder },
    { path: '/redeem', label: words.useHours, shown: has('volunteer') || me.mayRedeem },
    {
      path: isCoordinator ? '/desk' : isDesk ? '/desk/people' : '/desk/linkages',
      label: words.desk,
      shown: isDesk || isSociety,
    },
    { path: '/inbox', label: own.inbox, shown: true },
    { path: '/me', label: words.me, shown: true },
    { path: '/give', label: words.giveHours, shown: has('volunteer') || me.mayRedeem },
  ];
  return (
    <nav class="actions" aria-label={words.home}>
      {actions
        .filter(({ shown }) => shown)
        .map(({ path, label }) => (
          <a class="button primary" key={path} href={path}>
            {label}
          </a>
        ))}
    </nav>
  );
};

/** The code on one's own card, which whoever visits is shown. */
const Card = ({ me }: { me: Me }) => {
  const own = useHomeWords();
  if (me.member.visitCode === undefined) return null;
  return (
    <section class="card">
      <h2>{own.myCode}</h2>
      <p class="code">{me.member.visitCode.replace(/(\d{3})(?=\d)/, '$1 ')}</p>
      <p>{own.myCodeHint}</p>
    </section>
  );
};

/** What one can do, and one's own code: it comes after the balance, with its own words. */
export const HomeActions = ({ me }: { me: Me }) => (
  <>
    <Actions me={me} />
    <Card me={me} />
  </>
);
